import type { IncomingHttpHeaders } from 'node:http';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { Agent, type Dispatcher } from 'undici';
import { cleanJson, cleanText } from '../../common/text.js';

export interface HttpCall {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Largest answer accepted, after decompression; 2 MB by default. */
  maxBytes?: number;
}

/** `budget`: the call was not made, because the calls of the day or second are used up. */
export type HttpFailureKind = 'timeout' | 'refused' | 'dns' | 'reset' | 'too_large' | 'protocol' | 'budget';

export type HttpAnswer =
  | { ok: true; status: number; headers: Readonly<Record<string, string>>; bytes: Buffer }
  | { ok: false; kind: HttpFailureKind; detail: string };

const MAX_BYTES = 2 * 1024 * 1024;

/**
 * Outside HTTP by undici's dispatcher over warm connections. Nothing the other side does throws: the failure is a value without
 * secrets. The signal bounds the whole call, so an answer that drips ends like one that never comes. Redirects are not followed.
 */
export class HttpClient {
  private readonly agent = new Agent({
    connections: 256, // per host: no fewer than the quotes under way at one provider, or calls would wait where no limit sees them
    pipelining: 1,
    connect: { timeout: 3000 },
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    keepAliveTimeout: 30_000,
  });

  call({ method, url, headers, body, maxBytes = MAX_BYTES }: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve(LATE);
      let hear: Hearing | undefined;
      try {
        const { origin, pathname, search } = new URL(url);
        const options = { origin, path: pathname + search, method, headers: { ...ACCEPTED, ...headers }, body };
        hear = new Hearing(maxBytes, signal, resolve);
        this.agent.dispatch(options, hear);
      } catch (error) {
        hear?.onResponseError(null, error);
        resolve(failureOf(error, signal));
      }
    });
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

/** The answer's JSON, its texts cleaned, or undefined when it is none. */
export const jsonOf = (bytes: Buffer): unknown => cleanJson(bytes.toString('utf8'));

/** Hears one answer to its end, within its bound. No stream: most answers are one piece or two. */
class Hearing implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: Readonly<Record<string, string>> = {};
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private isTooLarge = false;
  private readonly leave = () => {
    this.resolve(LATE); // also of a call that waits for a connection still
    this.controller?.abort(new Error(LATE.detail));
  };

  constructor(
    private readonly maxBytes: number,
    private readonly signal: AbortSignal,
    private readonly resolve: (answer: HttpAnswer) => void,
  ) {
    signal.addEventListener('abort', this.leave, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.signal.aborted) controller.abort(new Error(LATE.detail));
  }

  onResponseStart(_controller: unknown, status: number, headers: IncomingHttpHeaders): void {
    this.status = status;
    this.headers = flatten(headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.size += chunk.length;
    this.chunks.push(chunk);
    if (this.size <= this.maxBytes) return;
    this.isTooLarge = true;
    controller.abort(new Error('too large'));
  }

  onResponseEnd(): void {
    this.signal.removeEventListener('abort', this.leave);
    const { status, headers } = this;
    const bytes = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    const decode = DECODERS[headers['content-encoding']?.toLowerCase() ?? ''];
    if (!decode) return this.resolve({ ok: true, status, headers, bytes });
    decode(bytes, { maxOutputLength: this.maxBytes }, (error, decoded) => {
      if (!error) return this.resolve({ ok: true, status, headers, bytes: decoded });
      const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      this.resolve(isTooLarge ? this.tooLarge() : failureOf(error, this.signal));
    });
  }

  onResponseError(_controller: unknown, error: unknown): void {
    this.signal.removeEventListener('abort', this.leave);
    this.resolve(this.isTooLarge ? this.tooLarge() : failureOf(error, this.signal));
  }

  private tooLarge(): HttpAnswer {
    return { ok: false, kind: 'too_large', detail: `answer larger than ${this.maxBytes} bytes` };
  }
}

const DECODERS: Readonly<Record<string, typeof gunzip>> = { gzip: gunzip, br: brotliDecompress, deflate: inflate };
const ACCEPTED = { 'accept-encoding': 'gzip, br, deflate' };
const LATE = { ok: false, kind: 'timeout', detail: 'no complete answer in time' } as const;

function flatten(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, cleanText(String(value))]));
}

const KINDS: Readonly<Record<string, HttpFailureKind>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_CONNECT_TIMEOUT: 'refused',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
};

function failureOf(error: unknown, signal: AbortSignal): HttpAnswer {
  if (signal.aborted) return LATE;
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  return { ok: false, kind: KINDS[code] ?? 'protocol', detail: `the call failed (${code || 'unknown'})` };
}
