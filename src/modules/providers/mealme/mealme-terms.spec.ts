import { randomOf } from '../../../common/random.js';
import { partsOf, termsOf } from './mealme.mapping.js';
import type { QuoteObject } from './mealme.wire.js';

const QUOTE: QuoteObject = {
  sales_tax_percent: 8.875,
  delivery_fee: { delivery_fee_flat: 399 },
  service_fee: { service_fee_flat: 25, service_fee_percent: 10, service_fee_min: 150, service_fee_max: 900 },
  small_order_fee: { minimum_order_value: 2000, small_order_fee_flat: 199 },
  order_minimum: 1000,
};

/** What a charge comes to, as `BasketTerms` says that it is read. */
const amount = (terms: NonNullable<ReturnType<typeof termsOf>>, part: string, goods: number): number =>
  terms.charges
    .filter((charge) => charge.part === part)
    .reduce((sum, { steps }) => {
      const { flatCents, ppm, leastCents, mostCents } = steps.findLast(({ fromCents }) => fromCents <= goods)!;
      return (
        sum +
        Math.max(leastCents, Math.min(mostCents ?? Infinity, flatCents + Math.floor((goods * ppm + 500_000) / 1e6)))
      );
    }, 0);

describe('MealMe’s terms for any basket', () => {
  it('ask for each basket what its quote would', () => {
    const random = randomOf(3);
    const terms = termsOf(QUOTE)!;
    expect(terms.minimumCents).toBe(1000);
    for (let basket = 0; basket < 2000; basket++) {
      const goods = Math.floor(random() * 15_000);
      const { deliveryCents, feesCents, taxCents } = partsOf(QUOTE, goods);
      expect([goods, ...['delivery', 'fees', 'tax'].map((part) => amount(terms, part, goods))]).toEqual([
        goods,
        deliveryCents,
        feesCents,
        taxCents,
      ]);
    }
  });

  it('leave out what is not told, or is told in a way that we do not know', () => {
    const partsTold = (quote: QuoteObject) => [...new Set(termsOf(quote)!.charges.map(({ part }) => part))];
    expect(termsOf(null)).toBeUndefined();
    expect(partsTold({})).toEqual([]);
    expect(partsTold({ ...QUOTE, delivery_fee: { delivery_fee_flat: 399, threshold_fees: [{}] } })).toEqual([
      'fees',
      'tax',
    ]);
    expect(partsTold({ ...QUOTE, service_fee: null })).toEqual(['delivery', 'tax']);
    expect(partsTold({ ...QUOTE, small_order_fee: { small_order_fee_percent: 2 } })).toEqual(['delivery', 'tax']);
    expect(partsTold({ ...QUOTE, delivery_fee: { delivery_fee_flat: 1, delivery_fee_taxable: true } })).toEqual([
      'delivery',
      'fees',
    ]);
    expect(partsTold({ ...QUOTE, sales_tax_percent: 8.87512 })).toEqual(['delivery', 'fees']);
    expect(termsOf({ ...QUOTE, order_minimum: null })!.minimumCents).toBeNull();
  });
});
