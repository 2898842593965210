import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { Agent, request, type Dispatcher } from 'undici';
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
 * Outside HTTP with undici's `request` over warm connections. Nothing the other side does throws: the failure is a value without
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

  async call(call: HttpCall, signal: AbortSignal): Promise<HttpAnswer> {
    try {
      const response = await request(call.url, {
        method: call.method,
        headers: { 'accept-encoding': 'gzip, br, deflate', ...call.headers },
        body: call.body,
        signal,
        dispatcher: this.agent,
      });
      const bytes = await readBounded(response, call.maxBytes ?? MAX_BYTES, signal);
      if (bytes === null)
        return { ok: false, kind: 'too_large', detail: `answer larger than ${call.maxBytes ?? MAX_BYTES} bytes` };
      return { ok: true, status: response.statusCode, headers: flatten(response.headers), bytes };
    } catch (error) {
      return failureOf(error, signal);
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

/** The answer's JSON, its texts cleaned, or undefined when it is none. */
export const jsonOf = (bytes: Buffer): unknown => cleanJson(bytes.toString('utf8'));

/** Null when the answer, once decompressed, passes the bound. */
async function readBounded(
  response: Dispatcher.ResponseData,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer | null> {
  const body = decoded(response);
  const chunks: Buffer[] = [];
  let size = 0;
  const abort = () => body.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) {
        response.body.destroy();
        return null;
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function decoded(response: Dispatcher.ResponseData): Readable {
  const encoding = String(response.headers['content-encoding'] ?? '').toLowerCase();
  const decoder = { gzip: createGunzip, br: createBrotliDecompress, deflate: createInflate }[encoding];
  if (!decoder) return response.body;
  // The callback is required; what goes wrong surfaces where the decoded stream is read.
  return pipeline(response.body, decoder(), () => undefined);
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
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
  if (signal.aborted) return { ok: false, kind: 'timeout', detail: 'no complete answer in time' };
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  return { ok: false, kind: KINDS[code] ?? 'protocol', detail: `the call failed (${code || 'unknown'})` };
}
