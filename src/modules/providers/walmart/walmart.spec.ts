import { createVerify, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { MemoryCache } from '../../../platform/cache/memory.cache.js';
import { describeConformance } from '../conformance/conformance.js';
import type { CartLine, QuoteLine } from '../provider.js';
import type { ProviderSimulator } from '../simulation.js';
import { asking, UnderTest } from '../conformance/under-test.conformance.js';
import { candidatesOf, cartLink, chooseOwnFirst, signedHeaders, worthLookingUp } from './walmart.mapping.js';
import { connect } from './walmart.adapter.js';
import { walmart } from './walmart.card.js';
import { simulator } from './walmart.simulator.js';
import { Items } from './walmart.wire.js';

const provider = { ...walmart, connect };

describeConformance(provider, { simulator });

const fixture = JSON.parse(readFileSync(join(__dirname, '__fixtures__', 'search.json'), 'utf8')) as unknown;
const oatMilk: CartLine = { id: 'oat', name: 'Oat milk', quantity: 1, unit: null };

describe('Walmart’s signature', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const bare = pkcs8.replace(/-----[A-Z ]+-----|\n/g, '');

  it.each([
    ['a PEM', pkcs8],
    ['a PEM with written line ends', pkcs8.replaceAll('\n', '\\n')],
    ['one line of base64', bare],
  ])('is made with %s over the three values, a line end after each', (_form, privateKey) => {
    const headers = signedHeaders({ consumerId: ' c-1 ', privateKey, keyVersion: '2' }, 1_770_000_000_000);
    const verifier = createVerify('RSA-SHA256').update('c-1\n1770000000000\n2\n');
    expect(verifier.verify(pair.publicKey, headers['WM_SEC.AUTH_SIGNATURE']!, 'base64')).toBe(true);
    expect(headers['WM_SEC.AUTH_SIGNATURE']).toHaveLength(344);
  });
});

describe('Walmart’s items in our terms', () => {
  it('state price and stock where they are told, and null where not', () => {
    const facts = candidatesOf(Items.parse(fixture))!.map(({ productId, priceCents, inStock, marketplace }) => [
      productId,
      priceCents,
      inStock,
      marketplace,
    ]);
    expect(facts).toEqual([
      ['990001', 374, true, false],
      ['990002', null, true, false],
      ['990003', 2150, false, false],
      ['990004', null, false, false],
      ['990005', 199, true, true],
      ['990006', null, null, false],
    ]);
  });

  it('never throw and never cost nothing, whatever fits the wire', () => {
    const item = fc.record(
      { itemId: fc.integer(), name: fc.string(), salePrice: fc.double(), stock: fc.string(), size: fc.string() },
      { requiredKeys: ['itemId', 'name'] },
    );
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const wired = Items.safeParse({ items });
        const priced = wired.success ? (candidatesOf(wired.data) ?? []) : [];
        expect(priced.every(({ priceCents }) => priceCents === null || priceCents > 0)).toBe(true);
      }),
    );
  });

  it('are read from any JSON without a throw', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof Items.safeParse(json).success === 'boolean'));
  });
});

describe('another seller’s item', () => {
  const candidates = candidatesOf(Items.parse(fixture))!;

  it('is not chosen while Walmart has one, be it dearer', () => {
    expect(chooseOwnFirst(oatMilk, candidates)).toMatchObject({ productId: '990001', unitPriceCents: 374 });
  });

  it('is chosen when there is nothing else', () => {
    const others = candidates.filter(({ productId }) => productId !== '990001');
    expect(chooseOwnFirst(oatMilk, others)).toMatchObject({ productId: '990005', unitPriceCents: 199 });
  });
});

describe('the look-up', () => {
  const missing = { status: 'missing' } as QuoteLine;
  const unpriced = (count: number, from: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...candidatesOf(Items.parse(fixture))![1]!,
      productId: String(from + index),
    }));

  it('is for lines that nothing priced serves, four items of each, twenty in all', () => {
    const found = Array.from({ length: 6 }, (_, line) => [missing, unpriced(9, line * 100)] as const);
    const ids = worthLookingUp(found);
    expect(ids).toHaveLength(20);
    expect(ids.slice(0, 5)).toEqual(['0', '1', '2', '3', '100']);
    expect(worthLookingUp([[{ status: 'matched' } as QuoteLine, unpriced(3, 0)]])).toEqual([]);
  });

  async function askPriceless(lookUp: 'answers' | 'fails') {
    const own = simulator();
    // Their search, telling a price for eggs alone.
    const priceless: ProviderSimulator = {
      ...own,
      respond: (request, world) => {
        const reply = own.respond(request, world);
        if (request.path.endsWith('/items') && lookUp === 'fails') return own.refusal(503, world);
        if (request.query.get('query') !== oatMilk.name) return reply;
        return { ...reply, body: JSON.stringify(reply.body).replace(/"salePrice":[\d.]+,/g, '') };
      },
    };
    const tested = await UnderTest.start(provider, { simulator: () => priceless });
    const result = await tested.ask({ request: asking([oatMilk, { name: 'Large eggs' }]) });
    const { paths } = tested;
    await tested.close();
    return { paths, result };
  }

  it('serves a line whose items came without a price', async () => {
    const { paths, result } = await askPriceless('answers');
    expect(paths).toEqual(['/search', '/search', '/items']);
    expect(result).toMatchObject({ ok: true, offer: { status: 'complete' } });
  });

  it('leaves the line missing, and the others served, when it fails', async () => {
    const { result } = await askPriceless('fails');
    expect(result).toMatchObject({ ok: true, offer: { status: 'partial', lines: [{ status: 'missing' }, {}] } });
  });
});

describe('Walmart’s products of lately', () => {
  it('are found by one look-up of their ids, and what they no longer serve is searched again', async () => {
    const tested = await UnderTest.start(provider, { simulator });
    const cache = new MemoryCache();
    const first = await tested.ask({ cache });
    tested.calls.length = 0;
    const again = await tested.ask({ cache });
    expect(tested.paths).toEqual(['/items']);
    const linesOf = (result: typeof first) => (result.ok && result.offer.kind === 'quote' ? result.offer.lines : []);
    expect(linesOf(again).map(({ productId }) => productId)).toEqual(linesOf(first).map(({ productId }) => productId));
    expect(again).toMatchObject({ offer: { providerReference: expect.any(String) } });
    await tested.control.setFault(walmart.id, { mode: 'stock_out', count: 1 });
    tested.calls.length = 0;
    expect(await tested.ask({ cache })).toMatchObject({ ok: true, offer: { status: 'complete' } });
    expect(tested.paths).toEqual(['/items', '/search', '/search', '/search']);
    await tested.close();
  });
});

describe('Walmart’s cart link', () => {
  const line = (productId: string | null, packs: number) => ({ productId, packs }) as QuoteLine;

  it('names each product with its packs, and is none for an empty cart', () => {
    expect(cartLink([line('990001', 2), line(null, 0), line('990003', 1)])).toBe(
      'https://www.walmart.com/sc/cart/addToCart?items=990001_2,990003_1',
    );
    expect(cartLink([line(null, 0)])).toBeNull();
  });
});
