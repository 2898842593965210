import { fingerprintOf } from '../../../common/canonical-json.js';
import { plainNameOf } from '../reading/names.js';
import { isCharged, type ReadLine, type ReadOrder } from '../reading/reading.js';
import { align } from './align.js';
import type { Merged } from './merge.js';

/** Accounts that name no order: under which key they are kept, and which order they are of. Pure. */
const PREFIX = 'day-';
const UNKNOWN_DAY = 'unknown';

export const isCandidateKey = (numberKey: string): boolean => numberKey.startsWith(PREFIX);

/** Its day, with its shop where that is all its format has, else with what it holds. */
export function candidateKeyOf({ retailer, orderedOn, storeName, isWholeDay, lines }: ReadOrder): string {
  const holds = isWholeDay ? [retailer, storeName] : [retailer, printsOf(lines)];
  return `${PREFIX}${orderedOn ?? UNKNOWN_DAY}-${fingerprintOf(holds).slice(0, 12)}`;
}

/** The day in a candidate's key; null where it is not known. */
export function dayInKey(numberKey: string): string | null {
  const day = numberKey.slice(PREFIX.length, PREFIX.length + 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null;
}

export interface Placed {
  slot: string;
  retailer: string;
  merged: Merged;
}

/**
 * Where each candidate belongs: the slot of the one order that it fits; null where several orders of its day hold all its lines together,
 * so that it tells nothing new. A candidate that is in no entry stands for itself.
 */
export function settle(candidates: readonly Placed[], orders: readonly Placed[]): Map<string, string | null> {
  const settled = new Map<string, string | null>();
  for (const { slot, retailer, merged } of candidates) {
    const near = orders.filter(
      (order) => order.retailer === retailer && (merged.orderedOn ?? order.merged.orderedOn) === order.merged.orderedOn,
    );
    const [fitting, ...others] = near.filter((order) => fits(merged, order.merged));
    if (fitting && others.length === 0) settled.set(slot, fitting.slot);
    else if (
      merged.orderedOn !== null &&
      isWithin(
        merged.lines,
        near.flatMap((order) => order.merged.lines),
      )
    )
      settled.set(slot, null);
  }
  return settled;
}

/** Day, total, shop and items, as far as both tell; the items at least, and money that agrees. */
function fits(candidate: Merged, order: Merged): boolean {
  if (order.linesAre !== 'charged' || candidate.linesAre !== 'charged') return false;
  const differs = (['totalCents', 'storeNumber', 'isFuel'] as const).some(
    (field) => candidate[field] !== null && order[field] !== null && candidate[field] !== order[field],
  );
  const names = [candidate.storeName, order.storeName].map((name) => name && plainNameOf(name));
  if (differs || (names[0] && names[1] && names[0] !== names[1])) return false;
  const [mine, theirs] = [candidate.lines, order.lines].map(byProduct);
  if (mine!.length === 0 || mine!.length !== theirs!.length) return false;
  const told = align(theirs!, mine!).map((at, index) => (at === null ? null : sameCents(mine![index]!, theirs![at]!)));
  const isMoneyTold = told.includes('same') || (candidate.totalCents !== null && order.totalCents !== null);
  return isMoneyTold && told.every((how) => how === 'same' || how === 'not told');
}

function sameCents(a: ReadLine, b: ReadLine): 'same' | 'other' | 'not told' {
  if (a.lineCents === null || b.lineCents === null) return 'not told';
  return a.lineCents === b.lineCents ? 'same' : 'other';
}

/** What was charged, as one line for each product: some tills print a row for each piece. */
function byProduct(lines: readonly ReadLine[]): ReadLine[] {
  const known = new Map<string, ReadLine>();
  for (const line of lines.filter(({ state }) => isCharged(state))) {
    const product = line.usItemId ?? line.upc ?? line.asin ?? plainNameOf(line.name ?? line.receiptName ?? '');
    const same = known.get(product);
    if (!same) known.set(product, { ...line });
    else same.lineCents = same.lineCents === null || line.lineCents === null ? null : same.lineCents + line.lineCents;
  }
  return [...known.values()];
}

const printsOf = (lines: readonly ReadLine[]): string[] =>
  lines.map(({ name, receiptName, lineCents }) => `${plainNameOf(name ?? receiptName ?? '')} ${lineCents}`).toSorted();

/** Whether all of `part`, as often as they are there, are in `whole`. */
function isWithin(part: readonly ReadLine[], whole: readonly ReadLine[]): boolean {
  const left = new Map<string, number>();
  for (const print of printsOf(whole)) left.set(print, (left.get(print) ?? 0) + 1);
  return (
    part.length > 0 &&
    printsOf(part).every((print) => {
      const count = left.get(print) ?? 0;
      left.set(print, count - 1);
      return count > 0;
    })
  );
}
