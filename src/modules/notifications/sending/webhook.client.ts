import { Client, buildConnector } from 'undici';
import { databaseNow } from '../../../common/clock.js';
import { cleanText } from '../../../common/text.js';
import { AddressError } from '../../../platform/outgoing/address.client.js';
import { ForbiddenUrlError, type PublicUrls } from '../../../platform/outgoing/public-url.js';
import { portOf } from '../../../platform/outgoing/url-rules.js';
import { retryAfterMs } from '../deciding/schedule.js';

/** Everything together, from the name to the last byte: slow receivers cost a slot no longer than this. */
export const TOTAL_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5000;
/** Addresses of one host that are tried in turn. */
const MAX_ADDRESSES = 3;
/** A receiver may answer with a bomb; beyond this nothing is read. */
const MAX_ANSWER_BYTES = 16 * 1024;
const KEPT_ANSWER_BYTES = 1024;
/** After the status has come, only so long is spent on a body that nobody needs. */
const ANSWER_BODY_MS = 3000;

export type SendFailure =
  /** The URL or an address it leads to is not allowed. */
  | 'refused'
  | 'dns'
  | 'connect'
  | 'tls'
  | 'timeout'
  | 'protocol'
  | 'interrupted'
  /** There was no secret to sign with. */
  | 'unsigned';

export type SendResult =
  | { kind: 'answered'; statusCode: number; retryAfterMs: number | null; answer: string; durationMs: number }
  | { kind: 'failed'; reason: SendFailure; detail: string; durationMs: number };

export interface Message {
  url: string;
  headers: Record<string, string>;
  /** The stored bytes, which are the signed bytes. */
  body: Buffer;
}

/**
 * One signed POST to a stranger's URL. It resolves the host itself, judges every address, and connects to a judged address with the
 * original name in SNI and Host, so that a name that changes its mind between check and connection (DNS rebinding) gains nothing.
 * The check sits in the connector: there is no path to a socket around it, for literal addresses neither. Each attempt has its own
 * connection, so each is judged anew. No redirects, no proxies from the environment, no decompression. Failures are values.
 */
export class WebhookClient {
  constructor(
    private readonly urls: PublicUrls,
    /** Opens the socket to an address that has been judged. */
    private readonly dial: buildConnector.connector = buildConnector({ timeout: CONNECT_TIMEOUT_MS }),
    private readonly timeoutMs = TOTAL_TIMEOUT_MS,
  ) {}

  async post(message: Message, signal: AbortSignal): Promise<SendResult> {
    const startedAt = performance.now();
    const deadline = AbortSignal.timeout(this.timeoutMs);
    const both = AbortSignal.any([deadline, signal]);
    const durationMs = () => Math.round(performance.now() - startedAt);
    try {
      const answer = await this.exchange(this.urls.judge(message.url), message, both);
      return { kind: 'answered', ...answer, durationMs: durationMs() };
    } catch (error) {
      if (signal.aborted) return failed('interrupted', 'the sender is stopping', durationMs());
      if (deadline.aborted) return failed('timeout', `no answer within ${this.timeoutMs} ms`, durationMs());
      const { reason, detail } = explain(error);
      return failed(reason, detail, durationMs());
    }
  }

  private async exchange(url: URL, message: Message, signal: AbortSignal) {
    const client = new Client(url.origin, {
      connect: (options, callback) => void this.connect(url, options, signal, callback),
      pipelining: 0,
      maxHeaderSize: MAX_ANSWER_BYTES,
      headersTimeout: this.timeoutMs,
      bodyTimeout: this.timeoutMs,
    });
    try {
      const answer = await client.request({
        method: 'POST',
        path: url.pathname + url.search,
        headers: { ...message.headers, 'content-type': 'application/json', 'accept-encoding': 'identity' },
        body: message.body,
        signal,
      });
      const header = (name: string) => [answer.headers[name]].flat()[0];
      return {
        statusCode: answer.statusCode,
        retryAfterMs: retryAfterMs(header('retry-after'), header('date'), databaseNow()),
        answer: await firstBytes(answer.body, signal),
      };
    } finally {
      // Not awaited: nobody needs to hear that the socket is gone.
      void client.destroy().catch(() => undefined);
    }
  }

  private async connect(
    url: URL,
    options: buildConnector.Options,
    signal: AbortSignal,
    callback: buildConnector.Callback,
  ): Promise<void> {
    try {
      const addresses = await this.urls.addressesOf(url, signal);
      callback(null, await this.firstSocket(addresses, options, signal));
    } catch (error) {
      callback(error as Error, null);
    }
  }

  private async firstSocket(addresses: string[], options: buildConnector.Options, signal: AbortSignal) {
    let last: unknown;
    for (const address of addresses.slice(0, MAX_ADDRESSES)) {
      signal.throwIfAborted();
      try {
        return await this.open(address, options, signal);
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }

  private open(address: string, options: buildConnector.Options, signal: AbortSignal) {
    return new Promise<NonNullable<Parameters<buildConnector.Callback>[1]>>((resolve, reject) => {
      // `hostname` is where the socket goes; `host` and so SNI, certificate check and Host header keep the name.
      this.dial({ ...options, hostname: address }, (error, socket) => {
        if (error) return reject(error);
        if (signal.aborted) {
          socket.destroy();
          return reject(signal.reason as Error);
        }
        resolve(socket);
      });
    });
  }
}

/** Says where a message is going, for tests and logs: the origin without path or query, which may hold the receiver's own secrets. */
export function originOf(url: string): string {
  const parsed = new URL(url);
  return `${parsed.protocol}//${parsed.hostname}:${portOf(parsed)}`;
}

function failed(reason: SendFailure, detail: string, durationMs: number): SendResult {
  return { kind: 'failed', reason, detail, durationMs };
}

const CONNECT_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

function explain(error: unknown): { reason: SendFailure; detail: string } {
  if (error instanceof ForbiddenUrlError) return { reason: 'refused', detail: error.message };
  if (error instanceof AddressError) return { reason: 'dns', detail: error.message };
  const { code = '', message } = error as { code?: string; message: string };
  const detail = code ? `${code}: ${message}` : message;
  if (CONNECT_CODES.has(code)) return { reason: 'connect', detail };
  if (/^(ERR_SSL|ERR_TLS|CERT_|EPROTO|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED)/.test(code)) return { reason: 'tls', detail };
  return { reason: 'protocol', detail };
}

/** The start of the answer as text that PostgreSQL can keep; the rest is cut off with the connection. */
async function firstBytes(body: AsyncIterable<Buffer>, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  const outOfPatience = aborted(AbortSignal.any([signal, AbortSignal.timeout(ANSWER_BODY_MS)]));
  const iterator = body[Symbol.asyncIterator]();
  try {
    while (length < MAX_ANSWER_BYTES) {
      const next = await Promise.race([iterator.next(), outOfPatience]);
      if (next.done) break;
      chunks.push(next.value);
      length += next.value.length;
    }
  } catch {
    // The status has come, and it alone decides; a body that breaks off or drips is kept as far as it came.
  }
  return cleanText(Buffer.concat(chunks).subarray(0, KEPT_ANSWER_BYTES).toString('utf8'));
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error);
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
