import { grouped } from '../../../common/grouped.js';
import { candidateKeyOf, isCandidateKey } from '../merging/candidates.js';
import type { SourcedOrder } from '../reading/read.js';
import type { Question } from '../reading/reading.js';

const BATCH = 100;

/**
 * Orders, each under a key. What names no number is a candidate by its day: it is kept beside, until an order comes that it is of, and
 * becomes an order of its own only where the caller accepts that or its format has no numbers at all. Pure.
 */
export const numbered = (orders: readonly SourcedOrder[], withoutNumbers: 'ask' | 'accept'): SourcedOrder[] =>
  orders.map((order) => {
    if (order.numberKey !== null) return order;
    const isEvidence = order.isEvidence || (withoutNumbers === 'ask' && !order.isWholeDay);
    return { ...order, numberKey: candidateKeyOf(order), isEvidence };
  });

/**
 * Orders in batches of at most 100, all accounts of one order together. What names no number comes last: then all is there that it may
 * be of.
 */
export function batchesOf(orders: readonly SourcedOrder[]): SourcedOrder[][] {
  const bySlot = [...grouped(orders, ({ retailer, numberKey }) => `${retailer} ${numberKey}`).values()];
  const sorted = bySlot.toSorted((a, b) => Number(isUnnumbered(a)) - Number(isUnnumbered(b)));
  const count = Math.ceil(sorted.length / BATCH);
  return Array.from({ length: count }, (_, at) => sorted.slice(at * BATCH, (at + 1) * BATCH).flat());
}

const isUnnumbered = ([first]: readonly SourcedOrder[]): boolean => isCandidateKey(first?.numberKey ?? '');

/** What is asked about candidates of which no order is known. */
export function questionOf(waiting: readonly { orderedOn: string | null; lines: number }[]): Question[] {
  if (waiting.length === 0) return [];
  const all = waiting.map(({ orderedOn, lines }) => `${orderedOn ?? 'a day that is not told'} (${lines} lines)`);
  const text =
    `These name no order, and no order is known that they are of: ${all.slice(0, 20).join(', ')}` +
    `${all.length > 20 ? ` and ${all.length - 20} more` : ''}. They are kept until a file brings it. If each is one order, send the ` +
    'file again with ?withoutNumbers=accept.';
  return [{ code: 'number_missing', text }];
}
