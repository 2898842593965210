import type { ClearedPrice } from '../../prices/prices.service.js';
import type { FoundOffers } from '../../providers/offers.service.js';

/** A clearance as a price that was seen, now where its source does not say when. Pure. */
export function clearedOf(offer: FoundOffers['offers'][number], nowMs: number): ClearedPrice {
  const { sourceId, store, ean, name, updatedAt, priceCents, regularPriceCents, currency, stockUnit } = offer;
  const { latitude, longitude } = store;
  return {
    shop: sourceId,
    storeId: store.id,
    productId: ean,
    name,
    at: updatedAt ?? new Date(nowMs).toISOString(),
    cents: priceCents,
    regularCents: regularPriceCents,
    currency,
    weighed: stockUnit === 'kg',
    place: latitude !== null && longitude !== null ? { latitude, longitude } : null,
  };
}
