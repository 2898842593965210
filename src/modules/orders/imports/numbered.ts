import { grouped } from '../../../common/grouped.js';
import { candidateKeyOf, isCandidateKey } from '../merging/candidates.js';
import type { SourcedOrder } from '../reading/read.js';

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
