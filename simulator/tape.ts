import { z } from 'zod';
import type { HttpAnswer, HttpCall, HttpClient } from '../src/platform/outgoing/http.client.js';
import type { ProviderSimulator, SimulatedId, SimulatedReply } from '../src/modules/providers/simulation.js';

/** One answer of a provider as it came, with nothing in it that opens anything. */
const Recorded = z.strictObject({
  method: z.string(),
  /** Below the provider's host. */
  path: z.string(),
  /** Sorted, so that the order of parameters does not matter. */
  query: z.string(),
  sent: z.string(),
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});
export type Recorded = z.infer<typeof Recorded>;

const REMOVED = 'REMOVED';
/** All others are dropped: cookies, request ids and rate headers are nobody else's business. */
const KEPT_HEADERS = ['content-type', 'retry-after'];
const SECRET_HEADERS = /authorization|token|key|signature|secret|cookie|consumer/i;
const SECRET_FIELDS =
  /("(?:access_token|refresh_token|id_token|api_key|apikey|secret|password|email|phone)":\s*)"[^"]*"/gi;

/**
 * A client that keeps what it hears. Headers that were sent are not kept at all; their secrets, the credentials and every token given on
 * the way are also removed wherever they are repeated. `prefix` is the part of the path above the provider's host.
 */
export class Recorder {
  private readonly heard: Recorded[] = [];
  private readonly secrets: Set<string>;

  constructor(
    private readonly http: Pick<HttpClient, 'call'>,
    credentials: Readonly<Record<string, string>>,
    private readonly prefix = '',
  ) {
    this.secrets = new Set(Object.values(credentials).filter((value) => value.length > 3));
  }

  async call(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
    for (const [name, value] of Object.entries(call.headers ?? {})) {
      if (SECRET_HEADERS.test(name)) for (const part of value.split(' ')) if (part.length > 7) this.secrets.add(part);
    }
    const answer = await this.http.call(call, signal);
    if (!answer.ok) return answer;
    const body = answer.bytes.toString('utf8');
    for (const [, token] of body.matchAll(/"(?:access|refresh|id)_token":\s*"([^"]+)"/g)) this.secrets.add(token!);
    const url = new URL(call.url);
    this.heard.push({
      method: call.method,
      path: url.pathname.slice(this.prefix.length),
      query: sorted(url.searchParams),
      sent: call.body ?? '',
      status: answer.status,
      headers: Object.fromEntries(
        KEPT_HEADERS.flatMap((name) => (answer.headers[name] ? [[name, answer.headers[name]]] : [])),
      ),
      body,
    });
    return answer;
  }

  /** What was heard, cleaned: one JSON a line. */
  tape(): string {
    return this.heard.map((recorded) => `${JSON.stringify(this.cleaned(recorded))}\n`).join('');
  }

  private cleaned(recorded: Recorded): Recorded {
    const clean = (text: string) => {
      const forms = [...this.secrets].flatMap((secret) => [
        secret,
        encodeURIComponent(secret),
        JSON.stringify(secret).slice(1, -1),
      ]);
      return forms.reduce((cleaner, secret) => cleaner.replaceAll(secret, REMOVED), text);
    };
    const { path, query, sent, body } = recorded;
    return {
      ...recorded,
      path: clean(path),
      query: clean(query),
      sent: clean(sent).replace(SECRET_FIELDS, `$1"${REMOVED}"`),
      body: clean(body).replace(SECRET_FIELDS, `$1"${REMOVED}"`),
    };
  }
}

/** A provider that answers as on the tape: the same call again gets the next answer that was heard to it, the last one from then on. */
export function tapeSimulator(id: SimulatedId, tape: string): ProviderSimulator {
  const answers = new Map<string, Recorded[]>();
  for (const line of tape.split('\n').filter(Boolean)) {
    const recorded = Recorded.parse(JSON.parse(line));
    const key = keyOf(recorded.method, recorded.path, recorded.query);
    answers.set(key, [...(answers.get(key) ?? []), recorded]);
  }
  return {
    id,
    auxiliary: /oauth2|\/token|geocode/,
    refusal: (status) => ({ status, body: { error: `simulated ${status}` } }),
    respond({ method, path, query }): SimulatedReply {
      const heard = answers.get(keyOf(method, path, sorted(query)));
      if (!heard) return { status: 404, body: { error: 'not on the tape' } };
      const { status, headers, body } = heard.length > 1 ? heard.shift()! : heard[0]!;
      return { status, headers, body };
    },
  };
}

function keyOf(method: string, path: string, query: string): string {
  return `${method} ${path}?${query}`;
}

function sorted(query: URLSearchParams): string {
  const copy = new URLSearchParams(query);
  copy.sort();
  return copy.toString();
}
