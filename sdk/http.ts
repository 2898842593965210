import { LoopGPTConnectionError, LoopGPTError, errorOf } from './errors.js';

export interface ClientOptions {
  /** An API key, or a browser token of one subject. None is needed in development. */
  apiKey?: string;
  baseUrl: string;
  /** How often a request is sent again when that is safe and may help; 4 unless told. */
  maxRetries?: number;
  /** For one attempt; 30 s unless told. */
  timeoutMs?: number;
  fetch?: typeof fetch;
  /** For `follow`, where there is no global one: Node.js has it from 22 on. That of `undici` and that of `ws` will do. */
  WebSocket?: WebSocketConstructor;
}

/** The part of the standard's WebSocket that is used. */
export interface WebSocketLike {
  send(data: string): void;
  close(code?: number, reason?: string): void;
  // Each implementation has its own types of events.
  // oxlint-disable-next-line typescript/no-explicit-any
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: any) => void): void;
}
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

export interface RequestOptions {
  signal?: AbortSignal;
  /** Instead of the client's `maxRetries`: 0 for who would rather know at once. */
  retries?: number;
}

interface Call extends RequestOptions {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  query?: object;
  /** A form is sent as it is, all else as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  /** Added to the time an attempt may take: what the server was asked to wait. */
  waitMs?: number;
  /** Instead of the client's API key. */
  key?: string;
  /** Sent twice it would be done twice: it is sent again only when it was refused before anything was done. */
  once?: boolean;
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 60_000;

/** Sends requests, and sends them again while that is safe. */
export class Http {
  private readonly base: string;
  private readonly fetch: typeof fetch;
  private readonly maxRetries: number;
  private readonly timeoutMs: number;

  constructor(private readonly options: ClientOptions) {
    this.base = options.baseUrl.replace(/\/+$/, '');
    // Bound, for a browser refuses a fetch that is called as a method of something else.
    this.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.maxRetries = options.maxRetries ?? 4;
    this.timeoutMs = options.timeoutMs ?? 30_000;
  }

  async json<T>(call: Call): Promise<T> {
    const response = await this.retried(call, (signal) => this.send(call, signal));
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  /** An answer in another form than JSON, such as "text/calendar". */
  async text(path: string, accept: string, { signal }: RequestOptions = {}): Promise<string> {
    const call: Call = { method: 'GET', path, headers: { accept }, signal };
    const response = await this.retried(call, (ends) => this.send(call, ends));
    return response.text();
  }

  get<T>(path: string, query: object = {}, { signal, retries }: RequestOptions = {}): Promise<T> {
    return this.json({ method: 'GET', path, query, signal, retries });
  }

  /** A write that may be sent twice. */
  post<T>(path: string, body?: unknown, { signal }: RequestOptions = {}): Promise<T> {
    return this.json({ method: 'POST', path, body, signal });
  }

  get hasWebSocket(): boolean {
    return Boolean(this.options.WebSocket ?? (globalThis as { WebSocket?: unknown }).WebSocket);
  }

  /** A connection of `follow`. Throws when there is nothing to make one with. */
  socket(path: string, protocol: string): WebSocketLike {
    const { apiKey, WebSocket = (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket } = this.options;
    if (!WebSocket) throw new Error('There is no WebSocket here; give the client one: new LoopGPT({ …, WebSocket })');
    return new WebSocket(this.base.replace(/^http/, 'ws') + path, [protocol, ...(apiKey ? [apiKey] : [])]);
  }

  /** An answer whose body is read as it comes: retried, and bounded in time, only until it begins. Its signal ends the body too. */
  stream(
    path: string,
    headers: Record<string, string>,
    signal: AbortSignal,
    how: Pick<Call, 'query' | 'key' | 'retries'> = {},
  ): Promise<Response> {
    const call: Call = { method: 'GET', path, headers, signal, ...how };
    return this.retried(call, async () => {
      const silent = new AbortController();
      const timer = setTimeout(() => silent.abort(), this.timeoutMs);
      try {
        return await this.send(call, AbortSignal.any([signal, silent.signal]));
      } finally {
        clearTimeout(timer);
      }
    });
  }

  private async retried(call: Call, attempt: (signal: AbortSignal) => Promise<Response>): Promise<Response> {
    for (let retries = 0; ; retries++) {
      const limit = AbortSignal.timeout(this.timeoutMs + (call.waitMs ?? 0));
      try {
        return await attempt(call.signal ? AbortSignal.any([call.signal, limit]) : limit);
      } catch (error) {
        call.signal?.throwIfAborted();
        if (!mayHelp(error, call.once) || retries >= (call.retries ?? this.maxRetries)) throw error;
        await sleep(delayMs(retries, error), call.signal);
      }
    }
  }

  private async send({ method, path, query = {}, body, headers, key }: Call, signal: AbortSignal): Promise<Response> {
    const apiKey = key ?? this.options.apiKey;
    const isForm = body instanceof FormData;
    let response: Response;
    try {
      response = await this.fetch(this.base + path + searchOf(query), {
        method,
        headers: {
          ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
          ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
        signal,
      });
    } catch (cause) {
      throw new LoopGPTConnectionError(`${method} ${path} did not get an answer`, { cause });
    }
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

/** With `once`, only what says that nothing was done: too much, or not now. */
function mayHelp(error: unknown, once = false): boolean {
  if (!(error instanceof LoopGPTError)) return !once;
  return error.retryable && (!once || error.status === 429 || error.status === 503);
}

/** Without what is left out. A list is told with commas. */
function searchOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}

/** What the server asks for, or twice as long each time; with jitter, so that many clients do not come back at once. */
function delayMs(retries: number, error: unknown): number {
  const asked = error instanceof LoopGPTError ? error.retryAfterMs : null;
  const own = FIRST_DELAY_MS * 2 ** retries;
  return Math.min(LONGEST_DELAY_MS, (asked ?? own) + Math.random() * own);
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
