import { plainNameOf } from './names.js';
import { isCharged, type OrderFacts, type Question, type ReadLine, type ReadOrder } from './reading.js';

/** Lines held against what their order came to. Pure. */
const MOST_SHOWN = 10;
const DAY_MS = 86_400_000;
/** At most three words before it. */
const IS_DEPOSIT =
  /^(\p{L}+ ){0,3}(deposits?|deposit fee|crv|consignes?|pfand|(eco|enviro|environmental|recycling|bottle|container|bag) fees?)( \d+)?$/u;

/** Cents as people read them: `12.50`. */
export const inUnits = (cents: number): string => (cents / 100).toFixed(2);

/** Whether a name is of what is held for the empties, or asked for a bag or for recycling. */
export const isDeposit = (name: string): boolean => IS_DEPOSIT.test(plainNameOf(name));

/** What of the fees of an order is that. */
export const depositsIn = ({ fees }: Pick<OrderFacts, 'fees'>): number =>
  (fees ?? [])
    .filter(({ kind, label }) => kind === 'other' && isDeposit(label))
    .reduce((sum, { cents }) => sum + cents, 0);

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

/** Deposits and rounding of weights come on top of what is computed; a deal for several takes some of it away, and not most. */
const TOO_MUCH = 1.05;
const TOO_LITTLE = 0.4;

/** Asked of lines that cost another amount than so many at their price do. */
export function questionOfProducts(orders: readonly ReadOrder[]): Question[] {
  const odd = orders.flatMap((order) =>
    order.isEvidence ? [] : order.lines.filter(isOdd).map((line) => shownProduct(order, line)),
  );
  if (odd.length === 0) return [];
  const more = odd.length > MOST_SHOWN ? `; and ${odd.length - MOST_SHOWN} more` : '';
  const text = `These lines cost another amount than their quantity at their price: ${odd.slice(0, MOST_SHOWN).join('; ')}${more}. They are kept as they are told.`;
  return [{ code: 'line_not_product', text }];
}

function isOdd({ state, quantity, measure, unitCents, lineCents, wasCents }: ReadLine): boolean {
  if (!isCharged(state) || quantity === null || unitCents === null || lineCents === null) return false;
  // What a strike-through or a label of weight tells beside is reason enough for another amount.
  if (measure !== null || wasCents !== null || quantity <= 0 || unitCents <= 0 || lineCents <= 0) return false;
  const computed = quantity * unitCents;
  return lineCents > computed * TOO_MUCH + 1 || lineCents < computed * TOO_LITTLE - 1;
}

const shownProduct = (
  { numberKey, orderedOn }: ReadOrder,
  { name, receiptName, quantity, unitCents, lineCents }: ReadLine,
) =>
  `${name ?? receiptName ?? 'a line'} of ${numberKey ?? orderedOn ?? 'an order without a number'} (${quantity} × ${inUnits(unitCents!)}, ${inUnits(lineCents!)})`;

/** Asked of orders of a day that has not come: their days were read wrongly, or are wrong. `today`: YYYY-MM-DD, in whichever zone. */
export function questionOfDays(orders: readonly ReadOrder[], today: string): Question[] {
  const latest = new Date(Date.parse(today) + DAY_MS).toISOString().slice(0, 10);
  const ahead = orders.filter(({ orderedOn }) => orderedOn !== null && orderedOn > latest);
  if (ahead.length === 0) return [];
  const shown = ahead
    .slice(0, MOST_SHOWN)
    .map(({ numberKey, orderedOn }) => `${numberKey ?? 'one without a number'} (${orderedOn})`);
  const more = ahead.length > MOST_SHOWN ? ` and ${ahead.length - MOST_SHOWN} more` : '';
  return [
    {
      code: 'day_in_future',
      text: `These orders are of a day that has not come yet, and are kept so: ${shown.join(', ')}${more}.`,
    },
  ];
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
