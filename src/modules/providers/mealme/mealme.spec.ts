import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { MemoryCache } from '../../../platform/cache/memory.cache.js';
import { describeConformance } from '../conformance/conformance.js';
import { asking, UnderTest } from '../conformance/under-test.conformance.js';
import { addressOf, bestStore, buyerOf, candidatesOf, finalParts, partsOf } from './mealme.mapping.js';
import { connect } from './mealme.adapter.js';
import { mealme } from './mealme.card.js';
import { simulator } from './mealme.simulator.js';
import { FinalQuote, Products, QuoteObject } from './mealme.wire.js';

const provider = { ...mealme, connect };
const credentials = mealme.simulatedCredentials;
const buyer = { buyerEmail: 'orders@shop.example', buyerId: 'u-1', buyerName: 'A Shop', buyerPhone: '15135550100' };

describeConformance(provider, { simulator });

const fixture = (name: string) => JSON.parse(readFileSync(join(__dirname, '__fixtures__', name), 'utf8')) as unknown;
const products = Products.parse(fixture('products.json'));
const estimate = products.products[0]!.quote!;

describe('MealMe’s products in our terms', () => {
  it('cost what is paid now, in cents, and nothing known where they say 0', () => {
    expect(candidatesOf(products)).toMatchObject([
      { productId: 'p1', priceCents: 449, size: '12 ct', inStock: null, store: { id: 's1', name: 'Demo Mart' } },
      { productId: 'p2', priceCents: null, size: null, inStock: false, store: { id: 'Corner Shop' } },
    ]);
  });

  it.each([
    ['Whole Chicken, 4.8 lb avg', 1, 'lb', true],
    ['Whole Chicken', null, 'lb', true],
    ['Butter', 1, 'lb', false],
    ['Flour, 5 lb avg', 5, 'lb', false],
  ])('of "%s", %s %s, are priced by the pound: %s', (item_name, unit_size, unit_of_measurement, soldByWeight) => {
    const product = { ...products.products[0]!, item_name, unit_size, unit_of_measurement };
    expect(candidatesOf({ products: [product] })).toMatchObject([{ soldByWeight }]);
  });

  it.each([4.49, -1, 1e12])('come to nothing with a price of %s', (price) => {
    expect(candidatesOf({ products: [{ ...products.products[0]!, price }] })).toBeNull();
  });

  it('come from the one store that has something for most lines', () => {
    const [eggs, milk] = candidatesOf(products)!;
    expect(bestStore([[milk!], [eggs!, milk!], [milk!]])).toEqual({ id: 'Corner Shop', name: 'Corner Shop' });
    expect(bestStore([[eggs!], [milk!]])).toEqual({ id: 's1', name: 'Demo Mart', distanceKm: 1.3 });
    expect(bestStore([[], []])).toBeNull();
  });

  it('are read from any JSON without a throw', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof Products.safeParse(json).success === 'boolean'));
  });
});

describe('MealMe’s estimate', () => {
  it('bounds the service fee, adds the small order’s and taxes what is taxable', () => {
    expect(partsOf(estimate, 1000)).toEqual({
      feesCents: 150 + 200,
      taxCents: Math.round((1000 + 399) * 0.025),
      deliveryCents: 399,
      deliveryMinutes: { min: 35, max: 50 },
    });
    expect(partsOf(estimate, 2000).feesCents).toBe(200);
    expect(partsOf(estimate, 100_000).feesCents).toBe(1500);
  });

  it.each([
    ['no estimate at all', null, ['feesCents', 'taxCents', 'deliveryCents', 'deliveryMinutes']],
    [
      'threshold fees on delivery',
      { ...estimate, delivery_fee: { ...estimate.delivery_fee!, threshold_fees: [{}] } },
      ['taxCents', 'deliveryCents'],
    ],
    [
      'a percentage on delivery',
      { ...estimate, delivery_fee: { ...estimate.delivery_fee!, delivery_fee_percent: 5 } },
      ['taxCents', 'deliveryCents'],
    ],
    ['no service fee', { ...estimate, service_fee: null }, ['feesCents']],
    ['a time that runs backwards', { ...estimate, time_estimate: { minimum: 50, maximum: 35 } }, ['deliveryMinutes']],
    [
      'a negative fee',
      { ...estimate, delivery_fee: { ...estimate.delivery_fee!, delivery_fee_flat: -1 } },
      ['taxCents', 'deliveryCents'],
    ],
  ])('leaves unknown what it cannot tell: %s', (_what, quote, unknown) => {
    const parts = Object.entries(partsOf(quote, 1000));
    expect(parts.filter(([, value]) => value === null).map(([name]) => name)).toEqual(unknown);
  });

  it('is a whole number of cents or unknown, whatever fits the wire', () => {
    const cents = fc.option(fc.double(), { nil: null });
    const quote = fc.record({
      sales_tax_percent: cents,
      delivery_fee: fc.record({ delivery_fee_flat: fc.double(), delivery_fee_percent: cents }),
      service_fee: fc.record({ service_fee_flat: cents, service_fee_percent: cents, service_fee_min: cents }),
      small_order_fee: fc.record({ minimum_order_value: cents, small_order_fee_flat: cents }),
    });
    fc.assert(
      fc.property(quote, fc.nat(1_000_000), (json, itemsCents) => {
        const wired = QuoteObject.safeParse(json);
        if (!wired.success) return;
        const { feesCents, taxCents, deliveryCents } = partsOf(wired.data, itemsCents);
        for (const part of [feesCents, taxCents, deliveryCents]) {
          expect(part === null || (Number.isSafeInteger(part) && part >= 0)).toBe(true);
        }
      }),
    );
  });
});

describe('MealMe’s final quote', () => {
  const { quote } = FinalQuote.parse(fixture('final-quote.json')).final_quote;

  it('gives the parts for the same sum, and none for another', () => {
    expect(finalParts(quote, 2450)).toEqual({
      feesCents: 245,
      taxCents: 61,
      deliveryCents: 399,
      deliveryMinutes: { min: 35, max: 50 },
    });
    expect(finalParts(quote, 2449)).toBeNull();
    expect(finalParts({ ...quote, sales_tax_cents: -5 }, 2450)).toBeNull();
  });

  it('needs a whole buyer', () => {
    expect(buyerOf(buyer)).toEqual({ email: 'orders@shop.example', id: 'u-1', name: 'A Shop', phone: 15135550100 });
    expect(buyerOf({ ...buyer, buyerPhone: '+1 513' })).toBeNull();
    expect(buyerOf({})).toBeNull();
  });
});

describe('MealMe’s calls', () => {
  const eggs = { name: 'Large eggs', quantity: 3, unit: 'dozen' };
  let tested: UnderTest;
  beforeEach(async () => {
    tested = await UnderTest.start(provider, { simulator });
  });
  afterEach(() => tested.close());

  it('locate a postal code once', async () => {
    const cache = new MemoryCache();
    for (let times = 0; times < 2; times++) await tested.ask({ request: asking([eggs]), cache });
    expect(tested.paths).toEqual(['/location/geocode/v2', '/search/product/v4', '/search/product/v4']);
  });

  it('tell a place without stores, and remember it, from goods that nobody has', async () => {
    const cache = new MemoryCache();
    const nowhere = asking([eggs], { postalCode: '00000' });
    for (let times = 0; times < 2; times++) {
      expect(await tested.ask({ request: nowhere, cache })).toMatchObject({ failure: { reason: 'no_store' } });
    }
    expect(tested.paths.filter((path) => path === '/search/store/v3')).toHaveLength(1);
    const unknown = asking([{ name: 'zzqx' }]);
    expect(await tested.ask({ request: unknown, cache })).toMatchObject({ failure: { reason: 'no_match' } });
  });

  it('are none to a country they do not serve', async () => {
    const abroad = asking([eggs], { country: 'DK' });
    expect(await tested.ask({ request: abroad })).toMatchObject({ failure: { reason: 'no_store' } });
    expect(tested.calls).toEqual([]);
  });

  it('quote an order without placing it when there is a buyer, and its fees are those of the quote', async () => {
    const result = await tested.ask({ request: asking([eggs]), credentials: { ...credentials, ...buyer } });
    const orders = tested.calls.filter(({ url }) => url.endsWith('/order/order/v3'));
    expect(orders.map(({ body }) => JSON.parse(body!) as unknown)).toMatchObject([
      { place_order: false, pickup: false, user_phone: 15135550100, user_street_num: '1', user_country: 'US' },
    ]);
    expect(result).toMatchObject({ ok: true, offer: { unknownParts: [], deliveryCents: 399 } });
  });

  it('keep the estimate when the order is refused as below their minimum', async () => {
    const little = asking([{ name: 'Bananas', unit: 'lb' }]);
    const result = await tested.ask({ request: little, credentials: { ...credentials, ...buyer } });
    expect(tested.paths.at(-1)).toBe('/order/order/v3');
    expect(result).toMatchObject({ ok: true, offer: { feesCents: 150, deliveryCents: 399 } });
  });

  it('part the street’s number from its name', () => {
    const { shippingAddress } = asking([], { street: '1  Main St', country: 'us' });
    expect(addressOf(shippingAddress)).toMatchObject({
      user_street_num: '1',
      user_street_name: 'Main St',
      user_country: 'US',
    });
  });
});
