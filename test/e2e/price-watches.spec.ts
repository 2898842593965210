import { newId } from '../../src/common/ids.js';
import { QuotedPricesService } from '../../src/modules/prices/observing/quoted-prices.service.js';
import type { ProviderAnswer } from '../../src/modules/providers/provider.js';
import { SCOPES } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { line, quote } from '../support/decisions.js';
import { dayBefore, ordersOf } from '../support/past-orders.js';
import { Receiver } from '../support/receiver.js';
import { SseClient } from '../support/sse.js';
import { rowsOf } from '../support/stores.js';

const ALL_DAY = { from: '00:00', to: '23:59', timezone: 'Etc/GMT+12' };

/** A shop's answer that quotes one product, so many minutes after noon. */
function answerOf(unitPriceCents: number, minutes: number): ProviderAnswer {
  const offer = quote({
    observedAt: `${dayBefore(1)}T12:${String(minutes).padStart(2, '0')}:00.000Z`,
    lines: [
      {
        ...line(),
        productId: '0007',
        productName: 'Large Eggs',
        packSize: '12 ct',
        unitPriceCents,
        lineTotalCents: unitPriceCents,
      },
    ],
  });
  return { providerId: 'KROGER_API', result: { ok: true, offer }, latencyMs: 1, calls: 1 };
}

describe('prices that are watched', () => {
  let test: TestApp;
  let mine: Api;
  let stranger: Api;
  let tenantId: string;
  let key: string;
  beforeAll(async () => {
    test = await startApp();
    const tenants = test.app.get(TenantsService);
    const keyOf = (name: string) =>
      tenants.createKey({ tenantName: name, name, scopes: [...SCOPES], expiresInDays: null });
    const [own, other] = [await keyOf('Mine'), await keyOf('Stranger')];
    [mine, stranger] = [new Api(test.url, own.key), new Api(test.url, other.key)];
    key = own.key;
    tenantId = (await rowsOf<{ id: string }>(test.stores.adminUrl, `SELECT id FROM tenants WHERE name = 'Mine'`))[0]!
      .id;
    const text = ordersOf([398, 410, 398, 402, 398, 385, 398, 420, 398, 410]);
    await mine.post('/v1/imports', text, { 'content-type': 'text/csv', prefer: 'wait=20' });
  }, 60_000);
  afterAll(() => test?.close());

  const productOf = async (api: Api, words: string) =>
    (await api.get(`/v1/products?q=${encodeURIComponent(words)}`)).body.data[0].id as string;
  const observations = (where: string) =>
    rowsOf<{ kind: string; cents: number }>(
      test.stores.adminUrl,
      `SELECT kind, price_cents AS cents FROM price_observations WHERE tenant_id = '${tenantId}' AND ${where} ORDER BY observed_on, id`,
    );

  it('are told to who watches them, once for each crossing, by webhook, stream and pull', async () => {
    const id = await productOf(mine, 'oat');
    const receiver = await Receiver.start();
    await mine.post('/v1/webhook-endpoints', { url: receiver.url, events: ['price.dropped', 'price.raised'] });
    const watch = (
      await mine.post('/v1/price-watches', { product: id, below: { share: 0.9 }, direction: 'both', reference: 'oats' })
    ).body;
    expect(watch).toMatchObject({ product: id, states: [{ store: 'walmart', side: 'above', toldAt: null }] });
    const quiet = (
      await mine.post('/v1/price-watches', { words: 'oat milk', below: { cents: 300 }, quietHours: ALL_DAY })
    ).body;
    const stream = await SseClient.open(`${test.url}/v1/price-watches/${watch.id}/events`, {
      authorization: `Bearer ${key}`,
    });
    const tell = (cents: number, days: number) =>
      mine.post('/v1/prices', {
        prices: [
          {
            product: id,
            store: 'walmart',
            kind: 'shelf',
            cents,
            amount: 64,
            unit: 'fl oz',
            observedOn: dayBefore(days),
          },
        ],
      });
    const from = Date.now();
    for (const [cents, days] of [
      [299, 1],
      [298, 0],
    ] as const)
      expect((await tell(cents, days)).body.data[0].status).toBe('stored');
    const [hook] = await receiver.waitFor(1);
    expect(Date.now() - from).toBeLessThan(2000);
    const told = JSON.parse(hook!.body) as { type: string; data: object };
    expect(told).toMatchObject({
      type: 'price.dropped',
      subject: watch.id,
      sequence: 1,
      data: { productId: id, cents: 299, reference: 'oats', store: 'walmart', kind: 'shelf', lineCents: 358 },
    });
    expect((await tell(450, 0)).body.data[0].status).toBe('stored');
    const [, raised] = await receiver.waitFor(2);
    expect(JSON.parse(raised!.body)).toMatchObject({ type: 'price.raised', sequence: 2, data: { cents: 450 } });
    const { frames } = await stream.until(({ frames }) => frames.length >= 2);
    expect(frames.map(({ data }) => data)).toEqual([hook!.body, raised!.body]);
    stream.close();
    const pulled = (await mine.get('/v1/events?types=price.dropped,price.raised')).body.data;
    expect(pulled.map(({ type }: { type: string }) => type)).toEqual(['price.dropped', 'price.raised']);
    expect((await stranger.get('/v1/events?types=price.dropped')).body.data).toEqual([]);
    // In quiet hours it waits until they are over, and is not told when the price rose again meanwhile.
    expect((await mine.get(`/v1/price-watches/${quiet.id}`)).body.states).toMatchObject([
      { side: 'above', dueAt: null, toldAt: null },
    ]);
    await tell(297, 0);
    expect((await mine.get(`/v1/price-watches/${quiet.id}`)).body.states[0].dueAt).toMatch(/Z$/);
    await rowsOf(test.stores.adminUrl, `UPDATE price_watch_states SET owed_at = now() WHERE owed_at IS NOT NULL`);
    const [, , , late] = await receiver.waitFor(4);
    expect(JSON.parse(late!.body)).toMatchObject({ type: 'price.dropped', subject: quiet.id, data: { cents: 297 } });
    expect((await mine.send('DELETE', `/v1/price-watches/${quiet.id}`)).status).toBe(204);
    expect((await mine.get(`/v1/price-watches/${quiet.id}`)).body.code).toBe('price_watch_not_found');
    expect(
      (await mine.post('/v1/price-watches', { product: 'prd_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9', below: { cents: 1 } })).body
        .code,
    ).toBe('product_not_found');
    await receiver.close();
  });

  it('that shops quote are told to who watches words, when they move and not when they stay', async () => {
    const watch = (
      await mine.post('/v1/price-watches', { words: 'eggs', stores: ['kroger'], below: { cents: 100_000 } })
    ).body;
    const quoted = test.app.get(QuotedPricesService);
    const tell = (unitPriceCents: number, minutes: number) =>
      quoted.keep([{ tenantId, routeId: newId('req'), answer: answerOf(unitPriceCents, minutes) }]);
    const eggs = () => observations(`product_key = 'kroger/0007'`);
    await tell(420, 0);
    await tell(420, 30);
    expect(await eggs()).toEqual([{ kind: 'quoted', cents: 420 }]);
    const [seen] = await rowsOf<{ minutes: number }>(
      test.stores.adminUrl,
      `SELECT extract(minute FROM last_seen)::int AS minutes FROM price_observations WHERE product_key = 'kroger/0007'`,
    );
    expect(seen!.minutes).toBe(30);
    // The same record again, and one that is older than what is known, are nothing new.
    await tell(400, 10);
    expect(await eggs()).toHaveLength(1);
    await tell(410, 40);
    expect((await eggs()).map(({ cents }) => cents).toSorted()).toEqual([410, 420]);
    const { states } = (await mine.get(`/v1/price-watches/${watch.id}`)).body;
    expect(states).toMatchObject([{ productId: 'kroger/0007', store: 'kroger', side: 'below' }]);
    const told = (await mine.get('/v1/events?types=price.dropped&limit=100')).body.data;
    expect(told.filter(({ subject }: { subject: string }) => subject === watch.id)).toHaveLength(1);
  });

  it('and judged by the client as by hand', async () => {
    const { prices, priceWatches } = mine.client;
    const id = await productOf(mine, 'oat');
    expect(await prices.check(id, { cents: 350 })).toMatchObject({ productId: id, verdict: 'low' });
    expect((await prices.list(id, { bucket: 'month' })).data.length).toBeGreaterThan(1);
    const told = await prices.create({
      prices: [{ product: id, store: 'here', cents: 401, observedOn: dayBefore(1) }],
    });
    expect(told.data[0]!.status).toBe('stored');
    expect((await prices.checkAll({ lines: [{ id: 'a', product: id, cents: 350 }] })).checks[0]!.total.verdict).toBe(
      'low',
    );
    const watch = await priceWatches.create({ product: id, below: { percentile: 0.9 } });
    expect(await priceWatches.get(watch.id)).toEqual(watch);
    expect((await priceWatches.list({ limit: 1 })).data).toEqual([watch]);
    await priceWatches.delete(watch.id);
    expect((await priceWatches.list({ limit: 1 })).data.map((one) => one.id)).not.toContain(watch.id);
  });
});
