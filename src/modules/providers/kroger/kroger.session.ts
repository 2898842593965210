import { createHash } from 'node:crypto';
import type { HttpAnswer } from '../../../platform/outgoing/http.client.js';
import { parseAnswer } from '../adapting/answers.js';
import { lookUp, type Loaded, type Looked } from '../adapting/look-up.js';
import type { Probed, ProviderSettings, ProviderTools } from '../provider.js';
import { Token } from './kroger.wire.js';

/** Renewed this long before it expires (30 min), so that no call carries a token that lapses under way. */
const TOKEN_MARGIN_MS = 60_000;

/** Calls with the app's token, which all workers share. */
export class KrogerSession {
  constructor(
    private readonly settings: ProviderSettings,
    private readonly tools: ProviderTools,
  ) {}

  /** GET with a token; after a 401 once more with a new one. Fails only where no token can be had. */
  async get(path: string, signal: AbortSignal, counts?: string): Promise<Looked<HttpAnswer>> {
    const first = await this.token(null, signal);
    if (!first.ok) return first;
    const answer = await this.call(path, first.value, signal, counts);
    if (!answer.ok || answer.status !== 401) return { ok: true, value: answer };
    const second = await this.token(first.value, signal);
    return second.ok ? { ok: true, value: await this.call(path, second.value, signal, counts) } : second;
  }

  /** A token of its own: one that others got may hold for half an hour after the credentials were revoked. */
  async probe(signal: AbortSignal): Promise<Probed> {
    const { clientId = '', clientSecret = '' } = this.settings.credentials;
    return this.fetchToken(clientId, clientSecret, signal);
  }

  private call(path: string, token: string, signal: AbortSignal, counts?: string): Promise<HttpAnswer> {
    const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    return this.tools.http.call({ method: 'GET', url: this.settings.baseUrl + path, headers, counts }, signal);
  }

  /** The shared token, or the one that replaced `refused`: all callers who were refused with one token get the same next one. */
  private token(refused: string | null, signal: AbortSignal): Promise<Looked<string>> {
    const { clientId = '', clientSecret = '' } = this.settings.credentials;
    // Bound to host and credential: environments and rotated credentials never share a token.
    const key = `kroger:token:${digest(`${this.settings.baseUrl} ${clientId} ${clientSecret}`)}`;
    const load = async (): Promise<Loaded<string>> => {
      const fetched = await this.fetchToken(clientId, clientSecret, signal);
      if (fetched.ok && refused !== null) await this.tools.cache.set(key, fetched.value, fetched.ttlMs);
      return fetched;
    };
    return lookUp(this.tools.cache, refused === null ? key : `${key}:after:${digest(refused)}`, signal, load);
  }

  private async fetchToken(clientId: string, clientSecret: string, signal: AbortSignal): Promise<Loaded<string>> {
    const answer = await this.tools.http.call(
      {
        method: 'POST',
        url: `${this.settings.baseUrl}/v1/connect/oauth2/token`,
        headers: {
          authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials&scope=product.compact',
        counts: null, // they state no limit for tokens
      },
      signal,
    );
    const parsed = parseAnswer('Kroger', answer, Token);
    if (!parsed.ok) return parsed;
    const ttlMs = Math.max(1000, parsed.value.expires_in * 1000 - TOKEN_MARGIN_MS);
    return { ok: true, value: parsed.value.access_token, ttlMs };
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
