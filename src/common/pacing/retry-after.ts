import { databaseNow } from '../clock.js';
/** From here on a number of seconds is really a moment: seen as Unix seconds and milliseconds instead of a duration. */
const A_MOMENT = 1e9;
const MAX_RETRY_MS = 3_600_000;

/** Milliseconds from a Retry-After in seconds, as a date or as a Unix time, at most an hour; null when absent or unreadable. */
export function retryAfterMs(header: string | undefined, nowMs = databaseNow()): number | null {
  const text = header?.trim() ?? '';
  if (!/^\d{1,16}$/.test(text)) {
    // Every form of HTTP date names its day; without one the parser takes "-5" for a month.
    const date = /^[A-Z]/i.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(date) ? null : bounded(date - nowMs);
  }
  const number = Number(text);
  if (number < A_MOMENT) return bounded(number * 1000);
  return bounded((number < A_MOMENT * 100 ? number * 1000 : number) - nowMs);
}

function bounded(ms: number): number {
  return Math.min(MAX_RETRY_MS, Math.max(0, ms));
}
