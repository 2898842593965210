import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { MemoryCache } from '../../../platform/cache/memory.cache.js';
import { describeConformance } from '../conformance/conformance.js';
import type { QuoteLine } from '../provider.js';
import { asking, UnderTest } from '../conformance/under-test.conformance.js';
import { candidatesOf, handoffUrl, searchTerm } from './kroger.mapping.js';
import { connect } from './kroger.adapter.js';
import { kroger } from './kroger.card.js';
import { simulator } from './kroger.simulator.js';
import { ErrorBody, Products } from './kroger.wire.js';

const provider = { ...kroger, connect };

describeConformance(provider, { simulator, refreshes: true });

const fixture = JSON.parse(readFileSync(join(__dirname, '__fixtures__', 'products.json'), 'utf8')) as unknown;

describe('Kroger’s products in our terms', () => {
  const candidates = candidatesOf(Products.parse(fixture))!;
  const facts = candidates.map(({ productId, priceCents, inStock, soldByWeight }) => ({
    productId,
    priceCents,
    inStock,
    soldByWeight,
  }));

  it('pay the promo when there is one, the regular price otherwise, and know of no price where there is none', () => {
    expect(facts).toEqual([
      { productId: '0009990012345', priceCents: 299, inStock: true, soldByWeight: false },
      { productId: '0009990012352', priceCents: 329, inStock: null, soldByWeight: false },
      { productId: '0009990012369', priceCents: null, inStock: false, soldByWeight: false },
      { productId: '0009990012376', priceCents: 59, inStock: false, soldByWeight: true },
    ]);
  });

  it.each([
    [{ curbside: false, delivery: false, inStore: true, shipToHome: false }, undefined, null],
    [{ curbside: false, delivery: false, instore: false, shiptohome: false }, undefined, null],
    [{ curbside: false, delivery: false, inStore: false, shipToHome: false }, undefined, null],
    [{ curbside: false, delivery: false, inStore: false, shipToHome: false }, 'HIGH', false],
    [{ curbside: false, delivery: false, inStore: false, shipToHome: true }, 'LOW', false],
    [{ inStore: true }, 'LOW', true],
  ])('are read in both spellings of %j with stock %s: %s', (fulfillment, stockLevel, inStock) => {
    const item = { price: { regular: 1 }, fulfillment, ...(stockLevel ? { inventory: { stockLevel } } : {}) };
    const reply = Products.parse({ data: [{ productId: '1', description: 'Milk', items: [item] }] });
    expect(candidatesOf(reply)![0]!.inStock).toBe(inStock);
  });

  it('come to nothing when one price is absurd: the whole reply is not to be trusted', () => {
    const reply = Products.parse(fixture);
    reply.data[1]!.items[0]!.price = { regular: -1, promo: 0 };
    expect(candidatesOf(reply)).toBeNull();
  });

  it('never throw and never cost nothing, whatever fits the wire', () => {
    const price = fc.record({ regular: fc.double(), promo: fc.double() }, { requiredKeys: [] });
    const item = fc.record({ price, size: fc.string(), soldBy: fc.string() }, { requiredKeys: [] });
    const product = fc.record({ productId: fc.string(), description: fc.string(), items: fc.array(item) });
    fc.assert(
      fc.property(fc.array(product), (data) => {
        const wired = Products.safeParse({ data });
        const priced = wired.success ? (candidatesOf(wired.data) ?? []) : [];
        expect(priced.every(({ priceCents }) => priceCents === null || priceCents > 0)).toBe(true);
      }),
    );
  });

  it('are read from any JSON without a throw', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof Products.safeParse(json).success === 'boolean'));
  });
});

describe('Kroger’s search text', () => {
  it.each([
    ['  Whole   milk ', 'Whole milk'],
    ['a b c d e f g h i j', 'a b c d e f g h'],
    ['ox', null],
    ['tea', 'tea'],
  ])('of "%s" is %s', (name, term) => expect(searchTerm(name)).toBe(term));
});

describe('Kroger’s error codes', () => {
  it.each([
    [{ errors: { timestamp: 1770000000000, code: 'PRODUCT-2011', reason: 'x' } }, 'PRODUCT-2011'],
    [{ timestamp: 0, code: 'API-4101-400', reason: 'x' }, 'API-4101-400'],
  ])('are read from both shapes', (body, code) => expect(ErrorBody.parse(body)).toBe(code));
});

describe('Kroger’s hand-off', () => {
  const lines = (...ids: (string | null)[]) => ids.map((productId) => ({ productId })) as QuoteLine[];
  const pages = new Map([['1', '/p/milk/1']]);

  it.each([
    ['a cart of one product', 'www.kroger.com', lines('1', null), 'https://www.kroger.com/p/milk/1'],
    ['a cart of several', 'www.kroger.com', lines('1', '2'), 'https://www.kroger.com/'],
    ['no known site', null, lines('1'), null],
    ['a domain that is none', 'javascript:alert(1)//', lines('1'), null],
  ])('for %s', (_what, domain, of, url) => expect(handoffUrl(domain, of, pages)).toBe(url));

  it('never leaves the chain’s site for what they call a page', () => {
    const odd = new Map([['1', '//evil.example/x']]);
    expect(handoffUrl('www.kroger.com', lines('1'), odd)).toBe('https://www.kroger.com/');
  });
});

describe('Kroger’s look-ups', () => {
  const milk = asking([{ name: 'Whole milk' }]);
  let tested: UnderTest;
  const cache = () => new MemoryCache();
  const productPages = () => tested.calls.flatMap(({ url }) => /products\?.*limit=(\d+)/.exec(url)?.[1] ?? []);

  async function start(options: Parameters<typeof simulator>[0] = {}): Promise<void> {
    tested = await UnderTest.start(provider, { simulator: () => simulator(options) });
  }
  afterEach(() => tested.close());

  it('ask for token, store and chain once and then only for products', async () => {
    await start();
    const kept = cache();
    await tested.ask({ request: milk, cache: kept });
    expect([...tested.paths].sort()).toEqual([
      '/v1/chains/KROGER',
      '/v1/connect/oauth2/token',
      '/v1/locations',
      '/v1/products',
    ]);
    tested.calls.length = 0;
    expect(await tested.ask({ request: milk, cache: kept })).toMatchObject({
      offer: { handoffUrl: expect.stringMatching(/^https:\/\/www\.freshway\.example\/p\//) },
    });
    expect(tested.paths).toEqual(['/v1/products']);
  });

  it('find the products of lately by their ids, all at once and at today’s price', async () => {
    await start();
    const kept = cache();
    const first = await tested.ask({ cache: kept });
    await tested.control.advance(3 * 24 * 3_600_000);
    tested.calls.length = 0;
    const again = await tested.ask({ cache: kept });
    const products = tested.calls.filter(({ url }) => url.includes('/v1/products'));
    // Twice, for the token has lapsed meanwhile.
    expect(products.map(({ url }) => /filter\.(productId|term)/.exec(url)![1])).toEqual(['productId', 'productId']);
    const linesOf = (result: typeof first) => (result.ok && result.offer.kind === 'quote' ? result.offer.lines : []);
    expect(linesOf(again).map(({ productId }) => productId)).toEqual(linesOf(first).map(({ productId }) => productId));
    expect(again).toMatchObject({ offer: { providerReference: expect.any(String) } });
    const fresh = await tested.ask({ cache: cache() });
    expect(linesOf(again).map(({ lineTotalCents }) => lineTotalCents)).toEqual(
      linesOf(fresh).map(({ lineTotalCents }) => lineTotalCents),
    );
  });

  it('search again for a line that its products of lately no longer serve', async () => {
    await start();
    const kept = cache();
    await tested.ask({ request: milk, cache: kept });
    await tested.control.setFault(kroger.id, { mode: 'stock_out', count: 1 });
    tested.calls.length = 0;
    expect(await tested.ask({ request: milk, cache: kept })).toMatchObject({ ok: true, offer: { status: 'complete' } });
    const products = tested.calls.filter(({ url }) => url.includes('/v1/products'));
    expect(products.map(({ url }) => /filter\.(productId|term)/.exec(url)![1])).toEqual(['productId', 'term']);
  });

  it('remember that a postal code has no store', async () => {
    await start();
    const kept = cache();
    const nowhere = asking([{ name: 'Whole milk' }], { postalCode: '00000' });
    for (let times = 0; times < 3; times++) {
      expect(await tested.ask({ request: nowhere, cache: kept })).toMatchObject({ failure: { reason: 'no_store' } });
    }
    expect(tested.paths).toEqual(['/v1/connect/oauth2/token', '/v1/locations']);
  });

  it('take a small page when they answer 500 PRODUCT-4011 to a larger one', async () => {
    await start({ pageOutage: true });
    expect(await tested.ask({ request: milk })).toMatchObject({ ok: true });
    expect(productPages()).toEqual(['25', '10']);
  });

  it('do not search for what is too short for them, and ask nothing for another country', async () => {
    await start();
    const request = asking([{ name: 'ox' }]);
    expect(await tested.ask({ request })).toMatchObject({ failure: { reason: 'no_match' } });
    expect(productPages()).toEqual([]);
    tested.calls.length = 0;
    const abroad = asking([{ name: 'Whole milk' }], { country: 'DK', postalCode: '8000' });
    expect(await tested.ask({ request: abroad })).toMatchObject({ failure: { reason: 'no_store' } });
    expect(tested.calls).toEqual([]);
  });
});
