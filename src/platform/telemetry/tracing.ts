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
  const traceId = traceIdOf(incoming);
  const flags = traceId ? parseInt(TRACEPARENT.exec(incoming!)![3]!, 16) & SAMPLED : SAMPLED;
  return `00-${traceId ?? randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-0${flags}`;
}

/** The 32 hex digits of the trace, or null when the header is malformed or all zeros. */
export function traceIdOf(traceparent: string | undefined): string | null {
  const traceId = traceparent && TRACEPARENT.exec(traceparent)?.[1];
  return traceId && !/^0+$/.test(traceId) ? traceId : null;
}
