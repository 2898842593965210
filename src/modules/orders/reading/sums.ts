import { isCharged, type OrderFacts, type Question, type ReadLine, type ReadOrder } from './reading.js';

/** Lines held against what their order came to. Pure. */
const MOST_SHOWN = 10;

/** What was charged for lines, in cents; null where of one of them it is not known, or none was charged. */
export function goodsOf(lines: readonly ReadLine[]): number | null {
  const charged = lines.filter(({ state }) => isCharged(state));
  const isKnown = charged.length > 0 && charged.every(({ lineCents }) => lineCents !== null);
  return isKnown ? charged.reduce((cents, { lineCents }) => cents + lineCents!, 0) : null;
}

/**
 * Whether goods cost more than the order that they are of, which tells no subtotal: with savings and refunds taken off they should not, for all
 * else that an order tells comes on top of them.
 */
export function isOverTotal(goodsCents: number | null, facts: OrderFacts): boolean {
  const { subtotalCents, totalCents, savingsCents, refundCents, isFuel } = facts;
  if (goodsCents === null || totalCents === null || subtotalCents !== null || isFuel === true) return false;
  return goodsCents - Math.abs(savingsCents ?? 0) - Math.abs(refundCents ?? 0) > totalCents;
}

/** Asked of orders whose lines cost more than they did: rows that came twice, or are of another. */
export function questionOfSums(orders: readonly ReadOrder[]): Question[] {
  const over = orders.flatMap((order) => {
    const isOwn = order.linesAre === 'charged' && !order.isEvidence && !order.isEstimate;
    const goodsCents = isOwn ? goodsOf(order.lines) : null;
    if (!isOverTotal(goodsCents, order)) return [];
    return [
      `${order.numberKey ?? order.orderedOn ?? 'one without a number'} (${goodsCents} of ${order.totalCents} cents)`,
    ];
  });
  if (over.length === 0) return [];
  const more = over.length > MOST_SHOWN ? ` and ${over.length - MOST_SHOWN} more` : '';
  const shown = over.slice(0, MOST_SHOWN).join(', ');
  return [
    { code: 'lines_over_total', text: `The lines of these orders cost more than the whole order: ${shown}${more}.` },
  ];
}
