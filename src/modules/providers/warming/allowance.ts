/** Of what is left of a provider's day, so much may be spent on warming, in percent. */
const SHARE_PERCENT = 20;
/** Nothing is warmed once so much of the day's calls is used, in percent. */
const STOP_PERCENT = 80;

export interface Spent {
  /** Calls that the provider may get in a day; null is no limit. */
  perDay: number | null;
  /** Of these, used for whatever. */
  used: number;
  /** Of the used, for warming. */
  warmed: number;
}

/** Calls that may be spent on warming now; Infinity where the day has no limit. Pure. */
export function callsToWarm({ perDay, used, warmed }: Spent): number {
  if (perDay === null) return Infinity;
  if (used * 100 >= perDay * STOP_PERCENT) return 0;
  // What warming has used already counts as left, or its share would shrink by its own spending.
  const share = Math.floor(((perDay - used + warmed) * SHARE_PERCENT) / 100);
  return Math.max(0, share - warmed);
}
