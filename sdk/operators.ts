import type { Http, RequestOptions } from './http.js';
import type {
  ActList,
  ChangeSettings,
  CreateKey,
  CredentialList,
  DeadLetterList,
  DetailedHealth,
  ExperimentResults,
  FindRoutes,
  FoundRoutes,
  KeyList,
  ListActs,
  ListDeadLetters,
  ListKeys,
  MadeKey,
  RedriveDeadLetters,
  RedrivenDeadLetters,
  RevokeKey,
  Scorecards,
  Settings,
  SettingsPreview,
  UndoAct,
} from './operator-types.js';

const ROOT = '/admin/v1';

/** For who runs the place: reading needs the scope `admin:read` or `admin`, changing `admin`. Every act says why. */
export class Operators {
  constructor(private readonly http: Http) {}

  settings(options: RequestOptions = {}): Promise<Settings> {
    return this.http.get(`${ROOT}/settings`, {}, options);
  }

  /** Of the settings that were read as `version`. Rejects with `version_conflict` when they are others by now. */
  change(body: ChangeSettings, version: number, { signal }: RequestOptions = {}): Promise<Settings> {
    const headers = { 'if-match': `"${version}"` };
    return this.http.json({ method: 'PATCH', path: `${ROOT}/settings`, body, headers, signal, once: true });
  }

  /** Which of the latest decisions a change would alter; nothing is changed. */
  preview(body: ChangeSettings, options: RequestOptions = {}): Promise<SettingsPreview> {
    return this.http.post(`${ROOT}/settings/preview`, body, options);
  }

  /** Newest first. */
  acts(query: ListActs = {}, options: RequestOptions = {}): Promise<ActList> {
    return this.http.get(`${ROOT}/acts`, query, options);
  }

  /** Takes back what one act changed, of the settings that were read as `version`. */
  undo(id: string, body: UndoAct, version: number, { signal }: RequestOptions = {}): Promise<Settings> {
    const headers = { 'if-match': `"${version}"` };
    const path = `${ROOT}/acts/${encodeURIComponent(id)}/undo`;
    return this.http.json({ method: 'POST', path, body, headers, signal, once: true });
  }

  scorecard(options: RequestOptions = {}): Promise<Scorecards> {
    return this.http.get(`${ROOT}/scorecard`, {}, options);
  }

  experiments(options: RequestOptions = {}): Promise<ExperimentResults> {
    return this.http.get(`${ROOT}/experiments`, {}, options);
  }

  credentials(options: RequestOptions = {}): Promise<CredentialList> {
    return this.http.get(`${ROOT}/credentials`, {}, options);
  }

  /** Newest first, without what they are. */
  keys(query: ListKeys = {}, options: RequestOptions = {}): Promise<KeyList> {
    return this.http.get(`${ROOT}/api-keys`, query, options);
  }

  /** The answer holds the key: it is shown once. */
  createKey(body: CreateKey, { signal }: RequestOptions = {}): Promise<MadeKey> {
    return this.http.json({ method: 'POST', path: `${ROOT}/api-keys`, body, signal, once: true });
  }

  async revokeKey(id: string, body: RevokeKey, { signal }: RequestOptions = {}): Promise<void> {
    const path = `${ROOT}/api-keys/${encodeURIComponent(id)}/revoke`;
    await this.http.json({ method: 'POST', path, body, signal, once: true });
  }

  deadLetters(query: ListDeadLetters = {}, options: RequestOptions = {}): Promise<DeadLetterList> {
    return this.http.get(`${ROOT}/dead-letters`, query, options);
  }

  /** Puts letters back on their topics, each once; `dryRun` only counts. */
  redrive(body: RedriveDeadLetters, { signal }: RequestOptions = {}): Promise<RedrivenDeadLetters> {
    return this.http.json({ method: 'POST', path: `${ROOT}/dead-letters/redrive`, body, signal, once: true });
  }

  /** Routes of all tenants, newest first. */
  search(query: FindRoutes = {}, options: RequestOptions = {}): Promise<FoundRoutes> {
    return this.http.get(`${ROOT}/search`, query, options);
  }

  health(options: RequestOptions = {}): Promise<DetailedHealth> {
    return this.http.get('/health/detailed', {}, options);
  }

  /** As Prometheus reads them, of the process that answers. */
  metrics(options: RequestOptions = {}): Promise<string> {
    return this.http.text('/metrics/prometheus', 'text/plain', options);
  }
}
