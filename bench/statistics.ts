/** The bench's arithmetic. Pure. */

/**
 * Nearest-rank percentile: the smallest value that at least `share` (0..1) of all values do not exceed; null of none. The list need
 * not be sorted and is left as it is.
 */
export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((left, right) => left - right);
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(sorted.length * share)));
  return sorted[rank - 1]!;
}

/**
 * When to send, in ms from the start: a Poisson process of `perSecond`, conditioned on its expected count, so that every system of a
 * rate gets the same number of requests. Ascending, within `seconds`; the same random source gives the same moments.
 */
export function poissonSchedule(perSecond: number, seconds: number, random: () => number): number[] {
  const count = Math.round(perSecond * seconds);
  const gaps = Array.from({ length: count + 1 }, () => -Math.log(1 - random()));
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  let at = 0;
  return gaps.slice(0, count).map((gap) => (at += gap * ((seconds * 1000) / total)));
}

/** `ours` over `theirs`; null when either is unknown or theirs is zero. */
export function ratio(ours: number | null, theirs: number | null): number | null {
  return ours === null || theirs === null || theirs === 0 ? null : ours / theirs;
}
