/** How often something is bought, by the days on which it was. Pure. */
export interface Rhythm {
  /** Days on which it was bought. */
  days: number;
  /** Between two of them, by the median. Null: `reason` says why. */
  medianDays: number | null;
  nextDueOn: string | null;
  reason: 'bought_too_seldom' | null;
}

/** Two gaps are the least that can be usual. */
const LEAST_DAYS = 3;
const DAY_MS = 86_400_000;

/** `days` as ISO dates in any order, with or without repetitions. */
export function rhythmOf(days: readonly string[]): Rhythm {
  const sorted = [...new Set(days)].toSorted();
  if (sorted.length < LEAST_DAYS)
    return { days: sorted.length, medianDays: null, nextDueOn: null, reason: 'bought_too_seldom' };
  const at = sorted.map((day) => Date.parse(`${day}T00:00:00Z`));
  const gaps = at.slice(1).map((time, index) => (time - at[index]!) / DAY_MS);
  const medianDays = medianOf(gaps);
  const next = new Date(at.at(-1)! + Math.round(medianDays) * DAY_MS);
  return { days: sorted.length, medianDays, nextDueOn: next.toISOString().slice(0, 10), reason: null };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
