/** Of a source's calls of a day, the part that may go into asking again by itself. */
const PART = 0.5;
const LEAST_SECONDS = 15 * 60;
const DAY_SECONDS = 86_400;

/** How long a place that is watched is left alone, so that all of them together stay within their part of the day's calls. Pure. */
export const refreshEverySeconds = (places: number, callsPerDay: number): number =>
  Math.max(LEAST_SECONDS, Math.ceil((places * DAY_SECONDS) / Math.max(1, Math.floor(callsPerDay * PART))));
