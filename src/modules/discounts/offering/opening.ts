/** When a shop is open, as moments: whatever clocks are put forward or back between them changes nothing. Pure. */
export interface OpenFrom {
  /** ISO instants; the end is not open any more, and may be past midnight. On a day on which it stays closed both are one. */
  opensAt: string;
  closesAt: string;
}

/** Null where the shop's hours of that moment are not known. */
export function isOpenAt(hours: readonly OpenFrom[] | null, atMs: number): boolean | null {
  if (!hours || hours.length === 0) return null;
  const [first, last] = [Math.min(...hours.map(startOf)), Math.max(...hours.map(endOf))];
  if (atMs < first - DAY_MS || atMs > last + DAY_MS) return null;
  return hours.some((open) => startOf(open) <= atMs && atMs < endOf(open));
}

/** Until when something can be bought there that is offered until `endMs`: the end, or the last closing before it. Null: not any more. */
export function buyableUntil(hours: readonly OpenFrom[] | null, endMs: number, nowMs: number): number | null {
  if (endMs <= nowMs) return null;
  if (!hours || hours.length === 0) return endMs;
  const ends = hours
    .filter((open) => startOf(open) < endOf(open) && startOf(open) < endMs)
    .map((open) => Math.min(endOf(open), endMs));
  const last = Math.max(...ends);
  const isKnown = Math.max(...hours.map(endOf)) >= endMs - DAY_MS;
  if (!isKnown) return endMs;
  return last > nowMs ? last : null;
}

/** The calendar day of a moment where the shop is, as YYYY-MM-DD. */
export const dayIn = (timeZone: string, atMs: number): string => {
  const { year, month, day } = partsIn(timeZone, atMs);
  return `${year}-${month}-${day}`;
};

/** The hour of a moment where the shop is, with its part: 17.5 is half past five. */
export function hourIn(timeZone: string, atMs: number): number {
  const { hour, minute } = partsIn(timeZone, atMs);
  return Number(hour) + Number(minute) / 60;
}

function partsIn(timeZone: string, atMs: number): Record<string, string> {
  const format = FORMATS.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, ...PARTS });
  FORMATS.set(timeZone, format);
  return Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
}
/** Made once: making one takes far longer than using it. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();
const PARTS = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/** So many days later in the calendar, whatever the clocks do meanwhile. */
export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

const DAY_MS = 24 * 3_600_000;
const startOf = ({ opensAt }: OpenFrom): number => Date.parse(opensAt);
const endOf = ({ closesAt }: OpenFrom): number => Date.parse(closesAt);
