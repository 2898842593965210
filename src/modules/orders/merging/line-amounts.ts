import { fingerprintOf } from '../../../common/canonical-json.js';
import { ANSWER } from '../reading/formats/format-ids.js';
import { plainNameOf } from '../reading/names.js';
import { isCharged, type ReadLine, type ReadOrder } from '../reading/reading.js';
import { inUnits } from '../reading/sums.js';
import { align } from './align.js';
import type { Source } from './source.js';

/** What lines cost by one account of an order and by another, and which of them holds. Pure. */
export interface LinePair {
  kept: ReadLine;
  other: ReadLine;
}

const MOST_SHOWN = 5;
/** An answer for one of these is an answer for who told it. */
const SUMS = ['totalCents', 'subtotalCents'] as const;

/** The field of a question about amounts of lines; its values are `amountsKeyOf`. */
export const LINE_AMOUNTS = 'lineAmounts';

/** The same of the same lines at the same amounts, in whatever order. */
export const amountsKeyOf = (lines: readonly ReadLine[]): string =>
  fingerprintOf(
    lines
      .filter(({ state }) => isCharged(state))
      .map((line) => `${plainNameOf(shownName(line))} ${line.lineCents}`)
      .toSorted(),
  ).slice(0, 16);

/** Lines that two accounts charge differently. A product that one of them has several rows of may be split otherwise, and is none. */
export function differingLines(base: readonly ReadLine[], others: readonly ReadLine[]): LinePair[] {
  if (amountsKeyOf(base) === amountsKeyOf(others)) return [];
  const [isOnce, isOnceThere] = [onceIn(base), onceIn(others)];
  const [own, theirs] = [base, others].map((lines) => lines.filter(isPriced));
  const at = align(own!, theirs!);
  return theirs!.flatMap((other, index) => {
    const mine = at[index] ?? null;
    const kept = mine === null ? undefined : own![mine];
    if (!kept || kept.lineCents === other.lineCents) return [];
    return isOnce(kept) && isOnceThere(other) ? [{ kept, other }] : [];
  });
}

const isPriced = ({ state, lineCents }: ReadLine): boolean => isCharged(state) && lineCents !== null;

/** Whether a line's product is in no other of these lines. */
function onceIn(lines: readonly ReadLine[]): (line: ReadLine) => boolean {
  const counts = new Map<string, number>();
  for (const key of lines.flatMap(keysOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return (line) => keysOf(line).every((key) => counts.get(key) === 1);
}

const keysOf = ({ usItemId, asin, upc, ...line }: ReadLine): string[] =>
  [usItemId, asin, upc, plainNameOf(shownName(line))].filter((key) => key !== null && key !== '') as string[];

/** Accounts of what was charged for each line, the strongest first. */
export const chargedIn = (ranked: readonly Source[]): Source[] =>
  ranked.filter(
    ({ order }) => order.lines.length > 0 && order.linesAre === 'charged' && !order.isEstimate && !order.isEvidence,
  );

/** Those that tell no other sum than the household says; all where each does. */
export function standing(ranked: readonly Source[]): Source[] {
  const charged = chargedIn(ranked);
  const answers = answersIn(ranked);
  const agrees = ({ order }: Source) =>
    SUMS.every((field) => {
      const said = answers.find((answer) => answer[field] !== null)?.[field];
      return said === undefined || order[field] === null || order[field] === said;
    });
  const agreeing = charged.filter(agrees);
  return agreeing.length > 0 ? agreeing : charged;
}

/** The account whose lines the household says hold; null while it says nothing. */
export function heldIn(ranked: readonly Source[]): Source | null {
  const said = answersIn(ranked).find(({ lineAmounts }) => lineAmounts !== undefined)?.lineAmounts;
  if (said === undefined) return null;
  return chargedIn(ranked).find(({ order }) => amountsKeyOf(order.lines) === said) ?? null;
}

/** Whose lines hold among accounts of what was charged: an answer (`held`) goes before strength, and only where they differ. */
export function strongestLines(ranked: readonly Source[], held: Source | null): Source | undefined {
  if (held) return held;
  const [first] = chargedIn(ranked);
  const [best] = standing(ranked);
  return first && best && best !== first && differingLines(first.order.lines, best.order.lines).length > 0
    ? best
    : first;
}

const answersIn = (ranked: readonly Source[]): ReadOrder[] =>
  ranked.filter(({ format }) => format === ANSWER).map(({ order }) => order);

/** `Rice 5.99, Milk 3.50`. */
export function shownAmounts(lines: readonly ReadLine[]): string {
  const all = [...new Set(lines.map((line) => `${shownName(line) || 'a line'} ${inUnits(line.lineCents!)}`))];
  const more = all.length > MOST_SHOWN ? ` and ${all.length - MOST_SHOWN} more` : '';
  return `${all.slice(0, MOST_SHOWN).join(', ')}${more}`;
}

const shownName = ({ name, receiptName }: Pick<ReadLine, 'name' | 'receiptName'>): string => name ?? receiptName ?? '';
