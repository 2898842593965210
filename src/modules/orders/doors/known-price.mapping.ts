import type { SeenPrice } from '../../prices/prices.service.js';
import type { Calculated, FormerProduct } from './doors.dto.js';
import type { KnownAtDoors } from './doors.repository.js';

/** The newest price that anybody saw of a product, and what so many of it cost. Pure. */
export interface KnownPrice {
  /** May be a fraction of a cent. */
  cents: number;
  regularCents: number | null;
  /** Of what is weighed. */
  unit: string | null;
  currency: string;
  on: string;
  source: string;
  store: string | null;
}

/** What was seen on a shelf or quoted counts where it is newer than what was paid. */
export function knownPriceOf(paid: KnownAtDoors['paid'], seen: SeenPrice | undefined): KnownPrice | null {
  const bought: KnownPrice | null = paid && { ...paid, regularCents: null, source: 'paid' };
  if (!seen || (bought && bought.on >= seen.lastSeenOn)) return bought;
  const { cents, regularCents, currency, lastSeenOn, kind, storeKey } = seen;
  return { cents, regularCents, unit: null, currency, on: lastSeenOn, source: kind, store: storeKey };
}

export const moneyOf = (cents: number | null): number | null => (cents === null ? null : Math.round(cents) / 100);

export function productOf({ id, walmartId, name, size }: KnownAtDoors, price: KnownPrice | null): FormerProduct {
  return {
    id,
    walmartId,
    name,
    brand: null,
    size,
    price: moneyOf(price?.cents ?? null),
    unit: price?.unit ?? null,
    currency: price?.currency ?? null,
    priceDate: price?.on ?? null,
    priceSource: price?.source ?? null,
    store: price?.store ?? null,
    inStock: null,
    reason: price ? null : 'no_price_seen',
  };
}

export function calculated(
  asked: { productId: string; quantity: number },
  found: { name: string; price: KnownPrice | null } | null,
  timestamp: string,
): Calculated {
  const { productId, quantity } = asked;
  const price = found?.price ?? null;
  const base = { success: found !== null, productId, productName: found?.name ?? null, quantity, timestamp };
  if (price === null) {
    const reason = found ? 'no_price_seen' : 'product_unknown';
    const unknown = {
      basePrice: null,
      unit: null,
      totalPrice: null,
      finalPrice: null,
      currency: null,
      priceDate: null,
    };
    return { ...base, ...unknown, reason };
  }
  const { regularCents, cents, unit, currency, on } = price;
  const isReduced = regularCents !== null && regularCents > cents;
  const [total, final] = [Math.round((isReduced ? regularCents : cents) * quantity), Math.round(cents * quantity)];
  return {
    ...base,
    basePrice: moneyOf(isReduced ? regularCents : cents),
    unit,
    totalPrice: moneyOf(total),
    ...(isReduced ? { discount: moneyOf(total - final) } : {}),
    finalPrice: moneyOf(final),
    currency,
    priceDate: on,
    reason: null,
  };
}
