import { plainNameOf } from './names.js';
import { lineOf, type ReadLine, type ReadOrder } from './reading.js';
import { isDeposit } from './sums.js';

/** Rows among items and sums that are no goods: what was taken off, what came on top, what was given back. Pure. */
export interface Extra {
  kind: 'savings' | 'fee' | 'refund';
  label: string;
  cents: number;
}

const SAVINGS =
  'coupons?|cpns?|vouchers?|rebates?|discounts?|promos?|promotions?|rabais|remises?|cupon|cupones|descuentos?|rabatt|gutschein';
/** At most three words before it, as `Digital Coupon`; a `Coupon Organizer` is a product. */
const IS_SAVINGS = new RegExp(String.raw`^(\p{L}+ ){0,3}(${SAVINGS})( \d+)?$`, 'u');
const HAS_SAVINGS = new RegExp(String.raw`(^| )(${SAVINGS})( |$)`, 'u');

/** Null: it is of goods, or what it comes to is not told. What is taken off is a saving by fewer words. */
export function extraOf({ name, lineCents, orderedCents, state }: ReadLine): Extra | null {
  const cents = lineCents ?? orderedCents;
  if (name === null || cents === null) return null;
  const words = plainNameOf(name);
  // Which sums others up.
  if (words.startsWith('total ')) return null;
  if (IS_SAVINGS.test(words) || (cents < 0 && HAS_SAVINGS.test(words)))
    return { kind: 'savings', label: name, cents: Math.abs(cents) };
  if (isDeposit(name)) return { kind: 'fee', label: name, cents };
  return cents < 0 && state === 'returned' ? { kind: 'refund', label: name, cents: -cents } : null;
}

/** Whether a name is of one saving, and not of their sum. */
export const isSaving = (label: string): boolean => extraOf(lineOf({ name: label, lineCents: -1 }))?.kind === 'savings';

/** A row between a subtotal and its total under a name that says no more: what takes off is a saving, and what adds a fee. */
export const extraBetween = (label: string, cents: number): Extra =>
  extraOf(lineOf({ name: label, lineCents: cents })) ?? {
    kind: cents < 0 ? 'savings' : 'fee',
    label,
    cents: Math.abs(cents),
  };

/** What rows among items tell, where rows among the sums do not tell it again. */
export const withoutSummed = (among: readonly Extra[], sums: readonly Extra[]): Extra[] => [
  ...among.filter((extra) => !sums.some((sum) => tellsAgain(sum, extra))),
  ...sums,
];

const tellsAgain = (sum: Extra, extra: Extra): boolean =>
  sum.kind === extra.kind && (sum.kind === 'savings' || (isDeposit(sum.label) && isOfBags(sum) === isOfBags(extra)));

const isOfBags = ({ label }: Extra): boolean => /\bbag\b/i.test(label);

/** Rows of an order parted. */
export function goodsAndExtras(rows: readonly ReadLine[]): { goods: ReadLine[]; extras: Extra[] } {
  const [goods, extras]: [ReadLine[], Extra[]] = [[], []];
  for (const row of rows) {
    const extra = extraOf(row);
    if (extra) extras.push(extra);
    else goods.push(row);
  }
  return { goods, extras };
}

/** A row among the items of an order that tells no sum of its savings. */
export function addRow(order: ReadOrder, row: ReadLine): void {
  const extra = extraOf(row);
  if (!extra) order.lines.push(row);
  else if (extra.kind === 'savings') order.savingsCents = (order.savingsCents ?? 0) + extra.cents;
  else addExtras(order, [extra]);
}

/** Puts what no product is into the sums of its order: savings and refunds together, where it does not tell their sum, and each fee by its name. */
export function addExtras(order: ReadOrder, extras: readonly Extra[]): void {
  const known = { savings: order.savingsCents !== null, refund: order.refundCents !== null };
  for (const { kind, label, cents } of extras) {
    if (kind === 'savings') {
      if (!known.savings) order.savingsCents = (order.savingsCents ?? 0) + cents;
    } else if (kind === 'refund') {
      if (!known.refund) order.refundCents = (order.refundCents ?? 0) + cents;
    } else {
      const { deliveryCents, bagCents, expressCents } = order;
      order.feesCents = (order.feesCents ?? (deliveryCents ?? 0) + (bagCents ?? 0) + (expressCents ?? 0)) + cents;
      order.fees = [...(order.fees ?? []), { kind: 'other', label, cents, wasCents: null }];
    }
  }
}
