import { centsFor, type Pack, type Seen } from './observation.js';

/**
 * Whether a price is a good one, by what was seen before: a pure function of the price, the observations and the day. Compared are those
 * of the same base and currency; clearances stand apart, for who pays the usual price did not miss them.
 *
 * - `percentile`: share of the observations at this price or above, those at it counting half: 1 is cheaper than ever, 0 dearer;
 * - `low`: at least LOW of them are dearer, and it is more than TOLERANCE below the median; `high` the other way round;
 * - `unknown`: fewer than ENOUGH observations, all within SPAN_DAYS, or none in the last STALE_DAYS. Figures are told all the same.
 */
export const ENOUGH = 8;
export const SPAN_DAYS = 30;
export const STALE_DAYS = 90;
const LOW = 0.75;
const TOLERANCE = 0.02;
const EVIDENCE = 10;

export type Verdict = 'low' | 'usual' | 'high' | 'unknown';

/** Why a verdict is unknown. */
export const UNKNOWN_CODES = [
  'unseen',
  'other_currency',
  'other_measure',
  'clearance_only',
  'too_few',
  'too_short',
  'stale',
] as const;
export type UnknownCode = (typeof UNKNOWN_CODES)[number];

export interface Asked extends Pack {
  unitMicros: number;
  currency: string;
}

/** Cents are for as much as was asked of; null where nothing was seen. */
export interface Judged {
  verdict: Verdict;
  /** Why it is unknown, as a sentence; null where it is not. */
  reason: string | null;
  reasonCode: UnknownCode | null;
  percentile: number | null;
  n: number;
  lowest: number | null;
  median: number | null;
  last: number | null;
  /** For so many days back nothing cheaper was seen. */
  lowestInDays: number | null;
  clearances: { n: number; lowest: number | null };
  /** The newest, the cheapest and the one in the middle among them. */
  evidence: Seen[];
}

export function judgePrice(asked: Asked, observations: readonly Seen[], today: string): Judged {
  const alike = observations
    .filter(({ unit, currency }) => unit === asked.unit && currency === asked.currency)
    .toSorted(byNewest);
  const clearances = alike.filter(({ kind }) => kind === 'clearance');
  const seen = alike.filter(({ kind }) => kind !== 'clearance');
  const cheapestFirst = seen.toSorted((a, b) => a.unitMicros - b.unitMicros || byNewest(a, b));
  const percentile = seen.length === 0 ? null : percentileOf(asked.unitMicros, seen);
  const middle = medianOf(cheapestFirst);
  const cents = (micros: number | undefined | null) =>
    micros === undefined || micros === null ? null : centsFor(micros, asked);
  const why = whyUnknown(asked, seen, observations, today);
  return {
    verdict: why === null ? verdictOf(asked.unitMicros, percentile!, middle!) : 'unknown',
    reason: why?.reason ?? null,
    reasonCode: why?.reasonCode ?? null,
    percentile,
    n: seen.length,
    lowest: cents(cheapestFirst[0]?.unitMicros),
    median: cents(middle),
    last: cents(seen[0]?.unitMicros),
    lowestInDays: lowestInDays(asked.unitMicros, seen, today),
    clearances: { n: clearances.length, lowest: cents(lowestOf(clearances)) },
    evidence: evidenceOf(seen, cheapestFirst),
  };
}

/** Of one day the one that was told last: ids are in the order of their making. */
const byNewest = (a: Seen, b: Seen): number =>
  compare(b.lastSeenOn, a.lastSeenOn) || compare(b.observedOn, a.observedOn) || compare(b.id, a.id);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function percentileOf(micros: number, seen: readonly Seen[]): number {
  const dearer = seen.filter(({ unitMicros }) => unitMicros > micros).length;
  const same = seen.filter(({ unitMicros }) => unitMicros === micros).length;
  return Math.round(((dearer + same / 2) / seen.length) * 1e4) / 1e4;
}

function verdictOf(micros: number, percentile: number, median: number): Verdict {
  if (percentile >= LOW && micros < median * (1 - TOLERANCE)) return 'low';
  if (percentile <= 1 - LOW && micros > median * (1 + TOLERANCE)) return 'high';
  return 'usual';
}

/** Of an even number the mean of the two in the middle. */
export function medianOf(cheapestFirst: readonly { unitMicros: number }[]): number | null {
  const { length } = cheapestFirst;
  if (length === 0) return null;
  const upper = cheapestFirst[Math.floor(length / 2)]!.unitMicros;
  return length % 2 === 1 ? upper : (cheapestFirst[length / 2 - 1]!.unitMicros + upper) / 2;
}

const lowestOf = (seen: readonly Seen[]): number | null =>
  seen.length === 0 ? null : Math.min(...seen.map(({ unitMicros }) => unitMicros));

interface Unknown {
  reasonCode: UnknownCode;
  reason: string;
}

const unknown = (reasonCode: UnknownCode, reason: string): Unknown => ({ reasonCode, reason });

/** Null where enough was seen, over long enough, and lately. */
function whyUnknown(asked: Asked, seen: readonly Seen[], all: readonly Seen[], today: string): Unknown | null {
  if (seen.length === 0) return whyNone(asked, all);
  const times = seen.length === 1 ? 'once' : `${seen.length} times`;
  if (seen.length < ENOUGH)
    return unknown('too_few', `It was seen ${times} in ${asked.currency}; ${ENOUGH} times are needed.`);
  const first = seen.reduce((least, { observedOn }) => (observedOn < least ? observedOn : least), seen[0]!.observedOn);
  const last = seen[0]!.lastSeenOn;
  if (daysBetween(first, last) < SPAN_DAYS)
    return unknown('too_short', `All of it was seen within ${daysBetween(first, last)} days; ${SPAN_DAYS} are needed.`);
  return daysBetween(last, today) <= STALE_DAYS
    ? null
    : unknown('stale', `It was last seen on ${last}, more than ${STALE_DAYS} days ago.`);
}

function whyNone({ currency, unit }: Asked, all: readonly Seen[]): Unknown {
  if (all.length === 0) return unknown('unseen', 'It was not seen in the last year.');
  const own = all.filter((one) => one.currency === currency);
  if (own.length === 0) {
    const others = listOf(all.map((one) => one.currency));
    return unknown('other_currency', `It was seen in ${others}, and not in ${currency}.`);
  }
  const measured = own.filter((one) => one.unit === unit);
  return measured.length === 0
    ? unknown('other_measure', `It was seen by ${listOf(own.map((one) => one.unit))}, and not by ${unit}.`)
    : unknown('clearance_only', 'It was seen on clearance alone.');
}

const listOf = (values: readonly string[]): string => [...new Set(values)].toSorted().join(' and ');

/** Back to the newest that was cheaper, or else to the first of all. */
function lowestInDays(micros: number, seen: readonly Seen[], today: string): number | null {
  if (seen.length === 0) return null;
  const cheaper = seen.find(({ unitMicros }) => unitMicros < micros);
  const since = cheaper
    ? cheaper.lastSeenOn
    : seen.reduce((least, { observedOn }) => (observedOn < least ? observedOn : least), seen[0]!.observedOn);
  return Math.max(0, daysBetween(since, today));
}

function evidenceOf(newestFirst: readonly Seen[], cheapestFirst: readonly Seen[]): Seen[] {
  const [cheapest, middle] = [cheapestFirst[0], cheapestFirst[Math.floor(cheapestFirst.length / 2)]];
  const told = [cheapest, middle, ...newestFirst.slice(0, EVIDENCE - 2)].filter((one) => one !== undefined);
  return [...new Set(told)].sort(byNewest);
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
