import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import type { z } from 'zod';
import { AppError } from '../../common/errors.js';
import { ERRORS, type ErrorCode } from '../../errors.js';
import { isStoreAway } from '../database/store-errors.js';
import { Metrics, each, fromZero } from '../telemetry/metrics.js';
import type { Problem } from './answers.decorator.js';
import type { KnownPaths } from './known-paths.js';
import { problemTitle, problemType } from './pages/problem-page.js';

/** Any error as RFC 9457 problem+json: a stable code, a sentence that says what to do next, and nothing from inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
    private readonly paths: KnownPaths,
  ) {
    fromZero(metrics.rejected, each('code', Object.keys(ERRORS)));
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const taken = isUnrouted(thrown) ? this.paths.methodsOf(request.url) : [];
    // A folder that is served takes the method of a file that it does not have.
    const allowed = taken.includes(request.method) ? [] : taken;
    const isCut = isBrokenOff(thrown, request);
    const error =
      allowed.length > 0 ? new AppError('method_not_allowed', request.method) : isCut ? BROKEN_OFF : toAppError(thrown);
    this.metrics.rejected.inc({ code: error.code });
    if (isCut) this.log.info({ request_id: request.id }, 'http.body_broken_off');
    const [status] = ERRORS[error.code];
    if (status >= 500) {
      this.log.error({ request_id: request.id, code: error.code, error: describe(thrown) }, 'http.error');
    }
    if (reply.sent) return;
    const { retryAfterSeconds } = error.extra;
    if (retryAfterSeconds !== undefined) reply.header('Retry-After', String(retryAfterSeconds));
    if (allowed.length > 0) reply.header('Allow', allowed.join(', '));
    if (status === 401) reply.header('WWW-Authenticate', 'Bearer');
    void reply
      .status(status)
      .header('Content-Type', 'application/problem+json')
      .send(problemOf(error, String(request.id)));
  }
}

/** Our own errors are coded, so a plain 404 is the router's. */
const isUnrouted = (thrown: unknown): boolean => thrown instanceof HttpException && thrown.getStatus() === 404;

/** The connection ended before the body did: no handler ran, so it is no connection of ours to a store. */
const isBrokenOff = (thrown: unknown, { raw }: FastifyRequest): boolean =>
  !raw.complete && (thrown as { code?: unknown } | null)?.code === 'ECONNRESET';
const BROKEN_OFF = new AppError('request_invalid', 'body broken off', {
  errors: [{ pointer: '', detail: 'the connection ended before the whole body came' }],
});

/** What callers are told of an error, by whichever door. `instance` is what to quote. */
export function problemOf(error: AppError, instance: string): z.infer<typeof Problem> {
  const { code, extra } = error;
  const { errors, present } = extra;
  const [status, detail, retryable] = ERRORS[code];
  return {
    type: problemType(code),
    title: problemTitle(code),
    status,
    detail,
    instance,
    code,
    retryable,
    ...(errors ? { errors: [...errors] } : {}),
    ...(present ? { present } : {}),
  };
}

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'request_invalid',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'request_too_large',
  415: 'media_type_unsupported',
};

/** A thrown error as one that callers may be told of. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isStoreAway(thrown))
    return new AppError('store_unavailable', describe(thrown), { retryAfterSeconds: 2, cause: thrown });
  const status = thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: number })?.statusCode;
  const code = status !== undefined ? BY_STATUS[status] : undefined;
  const errors =
    code === 'request_invalid' ? { errors: [{ pointer: '', detail: 'the request is not well-formed' }] } : {};
  return new AppError(code ?? 'internal_error', describe(thrown), { ...errors, cause: thrown });
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
