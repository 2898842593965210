import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, type FieldError } from '../../common/errors.js';
import { pointerTo, textFault } from '../../common/text.js';
import { MemoryGuard } from './memory.js';
import { problemOf, toAppError } from './problem.filter.js';

const RETRY_AFTER_SECONDS = 1;
/** While there is hardly any memory left. */
const FULL_RETRY_SECONDS = 5;
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * What every request is judged by before anything is looked up for it: one host, a path and a query of fit text. In a process that
 * stops, requests on connections that are still open are sent elsewhere; one whose memory is nearly full takes nothing on.
 */
export function guardBorder(app: NestFastifyApplication, answersTo: 'any host' | 'this machine'): void {
  const fastify = app.getHttpAdapter().getInstance();
  const memory = new MemoryGuard();
  let stopping = false;
  fastify.addHook('preClose', async () => {
    stopping = true;
  });
  fastify.addHook('onRequest', async (request) => {
    if (stopping) throw new AppError('stopping', 'closing', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    if (!READING.has(request.method) && memory.isFull) {
      throw new AppError('overloaded', 'memory', { retryAfterSeconds: FULL_RETRY_SECONDS });
    }
    const errors = [...hostFaults(request.raw, answersTo), ...faultsOf(request.params), ...faultsOf(request.query)];
    if (errors.length > 0) throw new AppError('request_invalid', 'path, query or host', { errors });
  });
}

/** By RFC 9112 §3.2, whoever takes one of two hosts may take another than the proxy before it did. */
function hostFaults({ rawHeaders, httpVersion, headers }: IncomingMessage, answersTo: string): FieldError[] {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts > 1 || (hosts === 0 && httpVersion !== '1.0')) {
    return [{ pointer: 'Host', detail: 'exactly one Host header' }];
  }
  if (answersTo === 'any host' || isLocalHost(headers.host)) return [];
  return [{ pointer: 'Host', detail: 'a name of this machine, such as localhost; see LOOPGPT_ALLOW_OPEN' }];
}

/** A page of another site may have its own name lead to this machine, and would then read what needs no key here. */
export function isLocalHost(host: string | undefined): boolean {
  if (host === undefined) return true;
  const name = host.replace(/:\d{1,5}$/, '').toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Faults of parameters, pointed at as those that a schema finds. */
function faultsOf(parameters: unknown): FieldError[] {
  return Object.entries((parameters ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    [name, value].flat().flatMap((text) => {
      const detail = typeof text === 'string' ? textFault(text) : null;
      return detail === null ? [] : [{ pointer: pointerTo(name, ''), detail }];
    }),
  );
}

/** What Fastify's router refuses before any hook: an escape in the path that is none. */
export function refuseUnrouted(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const isOurs = (error.statusCode ?? 500) >= 500;
  const errors = [{ pointer: '', detail: 'the path holds an escape that is no character in UTF-8' }];
  const told = isOurs ? toAppError(error) : new AppError('request_invalid', error.message, { errors });
  const problem = problemOf(told, String(request.id));
  void reply
    .status(problem.status)
    .headers({ 'Content-Type': 'application/problem+json', 'X-Request-Id': String(request.id) })
    .send(JSON.stringify(problem));
}

/** What Node's server refuses because it is no request at all, or not in time. */
export function refuseUnread(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem = problemOf(unread(error.code), '');
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.code}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function unread(code: string | undefined): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') return new AppError('headers_too_large', code);
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new AppError('request_too_slow', code);
  const errors = [{ pointer: '', detail: 'this is no well-formed HTTP request' }];
  return new AppError('request_invalid', String(code), { errors });
}
