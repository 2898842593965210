import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { MemoryCache } from '../../../platform/cache/memory.cache.js';
import { describeConformance } from '../conformance/conformance.js';
import type { CartLine, LinkOffer } from '../provider.js';
import { asking, UnderTest } from '../conformance/under-test.conformance.js';
import { listOf } from './instacart.mapping.js';
import { connect } from './instacart.adapter.js';
import { instacart } from './instacart.card.js';
import { simulator } from './instacart.simulator.js';
import { Link } from './instacart.wire.js';

const provider = { ...instacart, connect };
const credentials = instacart.simulatedCredentials;
const DAY_MS = 24 * 3_600_000;

describeConformance(provider, { simulator });

describe('Instacart’s list', () => {
  const itemOf = (line: Partial<CartLine>) =>
    (listOf([{ id: 'x', name: 'Milk', quantity: 2, unit: null, ...line }]) as { line_items: unknown[] }).line_items[0];

  it.each([
    ['gallons', 2, 'gallon'],
    ['fl oz', 2, 'fl oz ounce'],
    ['Tbsp.', 2, 'tablespoon'],
    ['bunches', 2, 'bunch'],
    ['dozen', 24, 'each'],
    ['furlong', 2, 'each'],
    [null, 2, 'each'],
  ])('writes the unit "%s" in their words', (unit, quantity, theirs) => {
    expect(itemOf({ unit })).toEqual({ name: 'Milk', line_item_measurements: [{ quantity, unit: theirs }] });
  });

  it('keeps the brand out of the search text', () => {
    expect(itemOf({ brand: 'Demo' })).toMatchObject({ name: 'Milk', filters: { brand_filters: ['Demo'] } });
  });
});

describe('Instacart’s link', () => {
  it('is read from their reply, and is an https address or nothing', () => {
    const reply = JSON.parse(readFileSync(join(__dirname, '__fixtures__', 'products-link.json'), 'utf8')) as unknown;
    expect(Link.parse(reply)).toEqual({ products_link_url: 'https://www.instacart.com/store/shopping_lists/123' });
    for (const products_link_url of ['javascript:alert(1)', 'http://www.instacart.com/x', '', 7]) {
      expect(Link.safeParse({ products_link_url }).success).toBe(false);
    }
  });

  it('is read from any JSON without a throw', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof Link.safeParse(json).success === 'boolean'));
  });
});

describe('Instacart’s pages', () => {
  it('are made once for the same list, anew for another list or another key, and lapse after 30 days', async () => {
    const tested = await UnderTest.start(provider, { simulator });
    const cache = new MemoryCache();
    const ask = (name: string, keys: Readonly<Record<string, string>> = credentials) =>
      tested.ask({ request: asking([{ name }]), credentials: keys, cache });
    const [first, again, other] = [await ask('Milk'), await ask('Milk'), await ask('Eggs')];
    expect(first).not.toHaveProperty('offer.cached');
    expect(again).toEqual({ ...first, offer: { ...(first as { offer: LinkOffer }).offer, cached: true } });
    const url = (result: typeof first) => result.ok && (result.offer as LinkOffer).url;
    expect(url(other)).not.toBe(url(first));
    expect(await tested.control.log()).toHaveLength(2);
    expect(await ask('Milk', { apiKey: 'keys.other' })).toMatchObject({ failure: { reason: 'unauthorized' } });
    const offer = (first as { offer: LinkOffer }).offer;
    expect(Date.parse(offer.expiresAt!) - Date.parse(offer.observedAt)).toBe(30 * DAY_MS);
    await tested.close();
  });
});
