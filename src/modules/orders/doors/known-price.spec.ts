import { calculated, knownPriceOf, type KnownPrice } from './known-price.mapping.js';

const paid = { cents: 398, unit: null, currency: 'USD', on: '2026-01-18', store: 'walmart/5260' };
const seen = {
  productKey: 'prd_1',
  storeKey: 'walmart',
  kind: 'quoted',
  observedOn: '2026-01-01',
  lastSeenOn: '2026-01-20',
  cents: 410,
  regularCents: 450,
  currency: 'USD',
  amount: 1,
  unit: 'each',
  source: 'WALMART_API',
} as const;
const at = '2026-02-01T00:00:00.000Z';
const asked = { productId: 'prd_1', quantity: 3 };

describe('the price of a product at the former doors', () => {
  it('is the newer of what was paid and what was seen', () => {
    expect(knownPriceOf(paid, seen)).toMatchObject({ cents: 410, source: 'quoted' });
    expect(knownPriceOf(paid, { ...seen, lastSeenOn: '2026-01-17' })).toMatchObject({ cents: 398, source: 'paid' });
    expect(knownPriceOf(null, seen)).toMatchObject({ cents: 410 });
    expect(knownPriceOf(null, undefined)).toBeNull();
  });

  it('is null with a reason where nobody saw one, and so is all that comes of it', () => {
    expect(calculated(asked, { name: 'Milk', price: null }, at)).toMatchObject({
      success: true,
      basePrice: null,
      totalPrice: null,
      finalPrice: null,
      reason: 'no_price_seen',
    });
    expect(calculated(asked, null, at)).toMatchObject({ success: false, finalPrice: null, reason: 'product_unknown' });
  });

  it('times the quantity is rounded once, and a discount is told only where the shop tells one', () => {
    const price = (known: Partial<KnownPrice>): KnownPrice => ({ ...knownPriceOf(paid, undefined)!, ...known });
    const plain = calculated(asked, { name: 'Milk', price: price({ cents: 33.34 }) }, at);
    expect(plain).toMatchObject({ basePrice: 0.33, totalPrice: 1, finalPrice: 1 });
    expect(plain).not.toHaveProperty('discount');
    expect(calculated(asked, { name: 'Milk', price: price({ cents: 400, regularCents: 450 }) }, at)).toMatchObject({
      basePrice: 4.5,
      totalPrice: 13.5,
      discount: 1.5,
      finalPrice: 12,
    });
  });
});
