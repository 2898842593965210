import { plainNameOf } from './names.js';
import type { ReadLine, ReadOrder } from './reading.js';

/** Rows among items that are no goods: what was taken off, and what is held for the empties. Pure. */
export interface Extra {
  kind: 'savings' | 'deposit';
  label: string;
  cents: number;
}

const SAVINGS =
  'coupons?|rebates?|discounts?|promos?|promotions?|rabais|remises?|cupon|cupones|descuentos?|rabatt|gutschein';
/** At most three words before it, as `Digital Coupon`; a `Coupon Organizer` is a product. */
const IS_SAVINGS = new RegExp(String.raw`^(\p{L}+ ){0,3}(${SAVINGS})( \d+)?$`, 'u');
const HAS_SAVINGS = new RegExp(String.raw`(^| )(${SAVINGS})( |$)`, 'u');
const IS_DEPOSIT = /^(\p{L}+ ){0,3}(deposits?|deposit fee|crv|consignes?|pfand)( \d+)?$/u;

/** Null: it is of goods, or what it comes to is not told. What is taken off is a saving by fewer words. */
export function extraOf({ name, lineCents, orderedCents }: ReadLine): Extra | null {
  const cents = lineCents ?? orderedCents;
  if (name === null || cents === null) return null;
  const words = plainNameOf(name);
  if (IS_SAVINGS.test(words) || (cents < 0 && HAS_SAVINGS.test(words)))
    return { kind: 'savings', label: name, cents: Math.abs(cents) };
  return IS_DEPOSIT.test(words) ? { kind: 'deposit', label: name, cents } : null;
}

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

/**
 * Puts what no product is into the sums of its order: savings together, unless the order tells their sum already (`isSummed`), and each deposit
 * among its fees.
 */
export function addExtras(order: ReadOrder, extras: readonly Extra[], isSummed = false): void {
  for (const { kind, label, cents } of extras) {
    if (kind === 'savings') {
      if (!isSummed) order.savingsCents = (order.savingsCents ?? 0) + cents;
    } else {
      const { deliveryCents, bagCents, expressCents } = order;
      order.feesCents = (order.feesCents ?? (deliveryCents ?? 0) + (bagCents ?? 0) + (expressCents ?? 0)) + cents;
      order.fees = [...(order.fees ?? []), { kind: 'other', label, cents, wasCents: null }];
    }
  }
}
