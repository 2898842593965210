import { randomBytes } from 'node:crypto';

/**
 * W3C trace context, carried by hand from HTTP through job, record, provider call and webhook: one trace id per request, taken from the caller's
 * `traceparent` when it is well formed (https://www.w3.org/TR/trace-context/).
 */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const SAMPLED = 1;

/**
 * A traceparent for work done on behalf of `incoming`: same trace id, a new span id, and sampled as the caller wished; a fresh trace, which
 * is, when there is none.
 */
export function traceparentFrom(incoming: string | undefined): string {
  const known = readTraceparent(incoming);
  const { traceId, flags } = known ?? { traceId: randomBytes(16).toString('hex'), flags: SAMPLED };
  return `00-${traceId}-${randomBytes(8).toString('hex')}-0${flags & SAMPLED}`;
}

/** The 32 hex digits of the trace, or null when the header is malformed or all zeros. */
export function traceIdOf(traceparent: string | undefined): string | null {
  return readTraceparent(traceparent)?.traceId ?? null;
}

function readTraceparent(traceparent: string | undefined): { traceId: string; flags: number } | null {
  const [, traceId, , flags] = (traceparent && TRACEPARENT.exec(traceparent)) || [];
  return traceId && flags && !/^0+$/.test(traceId) ? { traceId, flags: parseInt(flags, 16) } : null;
}
