import type { HttpAnswer, HttpCall } from '../../../platform/outgoing/http.client.js';
import { retryAfterMs } from '../../../common/pacing/retry-after.js';

const MAX_TRIES = 3;
const FIRST_DELAY_MS = 100;
/** What passes by itself: throttling, and a gateway that has nobody behind it just now. A 500 says the same again. */
const PASSING = new Set([429, 502, 503, 504]);

/**
 * How long to wait before a call is made again; null when it is not: what came is no passing trouble, it may have had an effect, or too
 * little time remains for a wait and a good answer. A wait they ask for is kept to the millisecond. `tries` counts the calls made. Pure.
 */
export function retryDelayMs(
  { method }: Pick<HttpCall, 'method'>,
  answer: HttpAnswer,
  tries: number,
  remainingMs: number,
  random: () => number = Math.random,
): number | null {
  if (tries >= MAX_TRIES || !isPassing(method, answer)) return null;
  const asked = answer.ok ? retryAfterMs(answer.headers['retry-after']) : null;
  // Without being told how long, another try at one who throttles makes it worse.
  if (answer.ok && answer.status === 429 && asked === null) return null;
  const delay = asked ?? FIRST_DELAY_MS * 3 ** (tries - 1) * (0.5 + random());
  return delay <= remainingMs / 2 ? delay : null;
}

function isPassing(method: string, answer: HttpAnswer): boolean {
  if (answer.ok) return PASSING.has(answer.status);
  // Refused: it never arrived. Reset: it may have, so only what reads is asked again.
  return answer.kind === 'refused' || (answer.kind === 'reset' && method === 'GET');
}

/** How long nobody should call at all, by an answer that says so; null when it does not. Pure. */
export function restMs(answer: HttpAnswer): number | null {
  return answer.ok && (answer.status === 429 || answer.status === 503)
    ? retryAfterMs(answer.headers['retry-after'])
    : null;
}
