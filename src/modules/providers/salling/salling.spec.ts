import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { startSimulator, type Simulator } from '../../../../simulator/main.js';
import { MemoryCache } from '../../../platform/cache/memory.cache.js';
import { HttpClient } from '../../../platform/outgoing/http.client.js';
import { Offer, type Near } from '../offer.js';
import { connect } from './salling.adapter.js';
import { salling } from './salling.card.js';
import { offersOf, queryOf } from './salling.mapping.js';
import { simulator as sallingSimulator } from './salling.simulator.js';
import { FoodWaste } from './salling.wire.js';

const TOKEN: string = salling.simulatedCredentials.token;
const AARHUS: Near = { postalCode: '8000' };
const NOON_MS = Date.parse('2026-11-22T12:00:00Z');
const fixture = JSON.parse(readFileSync(join(__dirname, '__fixtures__', 'food-waste.json'), 'utf8')) as unknown;

describe('Salling’s clearances in our terms', () => {
  it('are those that run and are there, in øre, the best saving first', () => {
    const offers = offersOf(FoodWaste.parse(fixture), NOON_MS)!;
    expect(offers.map((offer) => Offer.parse(offer))).toEqual(offers);
    expect(offers).toMatchObject([
      {
        ean: '2000000000015',
        priceCents: 5705,
        regularPriceCents: 18995,
        stock: 0.85,
        stockUnit: 'kg',
        category: null,
      },
      { ean: '5700000000017', priceCents: 1200, regularPriceCents: 2495, stock: 3, category: 'Mejeri>Skyr' },
    ]);
    expect(offers[1]!.store).toMatchObject({ brand: 'netto', latitude: 56.15, longitude: 10.2, postalCode: '8000' });
  });

  it('come to nothing in another currency or with an absurd price', () => {
    const text = JSON.stringify(fixture);
    const priced = (changed: string) => offersOf(FoodWaste.parse(JSON.parse(changed)), NOON_MS);
    expect(priced(text.replaceAll('"DKK"', '"SEK"'))).toBeNull();
    expect(priced(text.replaceAll(/"newPrice":[\d.]+/g, '"newPrice":-12'))).toBeNull();
  });

  it('are left out alone where one is absurd, and cost the shop nothing else', () => {
    const text = JSON.stringify(fixture);
    for (const changed of [
      text.replace('"newPrice":12', '"newPrice":-12'),
      text.replace('"newPrice":12', '"newPrice":"free"'),
    ]) {
      expect(offersOf(FoodWaste.parse(JSON.parse(changed)), NOON_MS)!.map(({ ean }) => ean)).toEqual(['2000000000015']);
    }
  });

  it('have hours of each day that is told: one on which the shop stays closed, in each of its forms, the same moment twice', () => {
    const hours = [
      { date: '2026-03-29', open: '2026-03-29T05:00:00.000Z', close: '2026-03-29T20:00:00.000Z', closed: false },
      { date: '2026-04-02', open: null, close: null, closed: true },
      { date: '2026-04-03', open: '2026-04-02T22:00:00.000Z', close: '2026-04-02T22:00:00.000Z' },
      { date: '2026-04-05' },
    ];
    const told = (value: unknown) => {
      const [shop] = structuredClone(fixture) as { store: object }[];
      return offersOf(FoodWaste.parse([{ ...shop, store: { ...shop!.store, hours: value } }]), NOON_MS)![0]!.store
        .hours;
    };
    const closed = (day: string) => ({ opensAt: `${day}T12:00:00.000Z`, closesAt: `${day}T12:00:00.000Z` });
    expect(told(hours)).toEqual([
      { opensAt: '2026-03-29T05:00:00.000Z', closesAt: '2026-03-29T20:00:00.000Z' },
      ...['2026-04-02', '2026-04-03', '2026-04-05'].map(closed),
    ]);
    expect([null, [], ['Monday', { closed: true }]].map(told)).toEqual([null, null, null]);
  });

  it('are read from any JSON without a throw', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => typeof FoodWaste.safeParse(json).success === 'boolean'));
  });
});

describe('Salling’s query', () => {
  it.each([
    [{ postalCode: ' 8000 ' }, 'zip=8000'],
    [{ latitude: 56.15, longitude: 10.2, radiusKm: 5 }, 'geo=56.15%2C10.2&radius=5'],
    [{ postalCode: '45202' }, undefined],
    [{ latitude: 156, longitude: 10.2, radiusKm: 5 }, undefined],
    [{ latitude: 56, longitude: 10.2, radiusKm: NaN }, undefined],
  ])('of %j is %s', (near, query) => expect(queryOf(near)?.toString()).toBe(query));
});

describe('Salling over HTTP', () => {
  let simulator: Simulator;
  const http = new HttpClient();
  const ask = (near: Near = AARHUS, signal = AbortSignal.timeout(10_000), token = TOKEN) => {
    const credentials = { token };
    const settings = { baseUrl: `${simulator.url}/salling`, simulated: true, credentials, timeoutMs: 10_000 };
    return connect(settings, { http, cache: new MemoryCache(), keepProductsMs: 0 }).offers(near, signal);
  };

  beforeAll(async () => {
    const providers = new Map([['salling', sallingSimulator()]]);
    simulator = await startSimulator({ providers, latency: { medianMs: 0, p99Ms: 0 } });
  });
  afterEach(() => simulator.control.reset());
  afterAll(async () => {
    await http.close();
    await simulator.close();
  });

  it('gives offers that fit the schema by postal code and around a point, and none where no shop is', async () => {
    const byCode = await ask();
    expect(byCode).toMatchObject({ ok: true, simulated: true });
    const offers = byCode.ok ? byCode.offers : [];
    expect(offers.length).toBeGreaterThan(3);
    expect(offers.every((offer) => Offer.safeParse(offer).success)).toBe(true);
    expect(new Set(offers.map(({ store }) => store.postalCode))).toEqual(new Set(['8000']));
    const around = await ask({ latitude: 55.68, longitude: 12.58, radiusKm: 1 });
    expect(new Set(around.ok ? around.offers.map(({ store }) => store.brand) : [])).toEqual(new Set(['bilka']));
    expect(await ask({ postalCode: '9999' })).toMatchObject({ ok: true, offers: [] });
  });

  it.each([
    ['status400', 'bad_request'],
    ['status401', 'unauthorized'],
    ['status403', 'unauthorized'],
    ['status429', 'rate_limited'],
    ['error500', 'unavailable'],
    ['reset', 'unavailable'],
    ['garbage', 'invalid_response'],
    ['truncated', 'invalid_response'],
    ['nan', 'invalid_response'],
    ['absurd', 'invalid_response'],
    ['negative_price', 'invalid_response'],
    ['wrong_currency', 'invalid_response'],
    ['wrong_types', 'invalid_response'],
    ['huge', 'response_too_large'],
    ['million_items', 'response_too_large'],
    ['gzip_bomb', 'response_too_large'],
  ] as const)('types %s as %s and says nothing secret', async (mode, reason) => {
    await simulator.control.setFault('SALLING', { mode });
    const result = await ask();
    expect(result).toMatchObject({ ok: false, failure: { reason } });
    expect(JSON.stringify(result)).not.toContain(TOKEN);
  });

  it.each(['hang', 'drip', 'slow'] as const)('ends with its signal when the answer is %s', async (mode) => {
    await simulator.control.setFault('SALLING', { mode, ms: 60_000 });
    expect(await ask(AARHUS, AbortSignal.timeout(200))).toMatchObject({ failure: { reason: 'timeout' } });
  });

  it('has no offers where every shop has sold all', async () => {
    await simulator.control.setFault('SALLING', { mode: 'stock_out' });
    expect(await ask()).toEqual({ ok: true, offers: [], simulated: true });
  });

  it('carries their quarantine, and is refused with another token', async () => {
    await simulator.control.setFault('SALLING', { mode: 'status429' });
    expect(await ask()).toMatchObject({ failure: { retryAfterMs: 60_000 } });
    await simulator.control.reset();
    expect(await ask(AARHUS, undefined, 'wrong')).toMatchObject({ failure: { reason: 'unauthorized' } });
  });

  it('asks nothing that they could not read', async () => {
    expect(await ask({ postalCode: 'SW1A' })).toMatchObject({ failure: { reason: 'bad_request' } });
    expect(await simulator.control.log()).toEqual([]);
  });
});
