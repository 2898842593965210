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
}

export interface RequestOptions {
  signal?: AbortSignal;
}

interface Call extends RequestOptions {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Added to the time an attempt may take: what the server was asked to wait. */
  waitMs?: number;
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 60_000;

/** Sends requests, and sends them again while that is safe: reads, and writes that carry an idempotency key or are idempotent. */
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
    return (await response.json()) as T;
  }

  /** An answer whose body is read as it comes: retried, and bounded in time, only until it begins. Its signal ends the body too. */
  stream(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    const call: Call = { method: 'GET', path, headers, signal };
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
        const mayHelp = error instanceof LoopGPTError ? error.retryable : true;
        if (!mayHelp || retries >= this.maxRetries) throw error;
        await sleep(delayMs(retries, error), call.signal);
      }
    }
  }

  private async send({ method, path, body, headers }: Call, signal: AbortSignal): Promise<Response> {
    const { apiKey } = this.options;
    let response: Response;
    try {
      response = await this.fetch(this.base + path, {
        method,
        headers: {
          ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal,
      });
    } catch (cause) {
      throw new LoopGPTConnectionError(`${method} ${path} did not get an answer`, { cause });
    }
    if (!response.ok) throw await errorOf(response);
    return response;
  }
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
