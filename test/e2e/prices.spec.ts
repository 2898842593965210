import type { QuoteLine } from '../../src/modules/providers/provider.js';
import { recordFaults } from '../../src/modules/routing/deciding/decision-record.js';
import { SCOPES } from '../../src/modules/tenants/scopes.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { PricesService, type PaidLine } from '../../src/modules/prices/prices.service.js';
import { Database } from '../../src/platform/database/database.js';
import { MonthsService } from '../../src/modules/prices/observing/months.service.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { dayBefore, ordersOf, until } from '../support/past-orders.js';
import { rowsOf } from '../support/stores.js';

describe('prices', () => {
  let test: TestApp;
  let mine: Api;
  let stranger: Api;
  let tenantId: string;
  beforeAll(async () => {
    test = await startApp();
    const tenants = test.app.get(TenantsService);
    const keyOf = (name: string) =>
      tenants.createKey({ tenantName: name, name, scopes: [...SCOPES], expiresInDays: null });
    const [own, other] = [await keyOf('Mine'), await keyOf('Stranger')];
    [mine, stranger] = [new Api(test.url, own.key), new Api(test.url, other.key)];
    tenantId = (await rowsOf<{ id: string }>(test.stores.adminUrl, `SELECT id FROM tenants WHERE name = 'Mine'`))[0]!
      .id;
  }, 60_000);
  afterAll(() => test?.close());

  const sendOrders = (api: Api, text: string) =>
    api.post('/v1/imports', text, { 'content-type': 'text/csv', prefer: 'wait=20' });
  const productOf = async (api: Api, words: string) =>
    (await api.get(`/v1/products?q=${encodeURIComponent(words)}`)).body.data[0].id as string;
  const observations = (where = 'true') =>
    rowsOf<{ kind: string; cents: number }>(
      test.stores.adminUrl,
      `SELECT kind, price_cents AS cents FROM price_observations WHERE tenant_id = '${tenantId}' AND ${where} ORDER BY observed_on, id`,
    );

  it('learn what an import says was paid, and judge a price by it', async () => {
    const imported = await sendOrders(mine, ordersOf([398, 410, 398, 402, 398, 385, 398, 420, 398, 410]));
    expect(imported.body.status).toBe('completed');
    const id = await productOf(mine, 'oat');
    const check = (query: string) => mine.get(`/v1/products/${id}/price-check?${query}`);
    const low = (await check('cents=350')).body;
    expect(low).toMatchObject({
      productId: id,
      verdict: 'low',
      percentile: 1,
      n: 10,
      lowest: 385,
      median: 398,
      last: 398,
    });
    expect(low.evidence.length).toBeGreaterThan(3);
    expect(low.evidence[0]).toMatchObject({
      kind: 'paid',
      cents: 398,
      source: 'order',
      store: 'walmart',
      pack: { unit: 'ml' },
    });
    expect(low.asked.amount).toBeCloseTo(1892.7, 0);
    expect((await check('cents=500')).body).toMatchObject({ verdict: 'high', percentile: 0, lowestInDays: 3 });
    // A pack of half the size at half the price is the same price.
    expect((await check('cents=199&amount=32&unit=fl oz')).body).toMatchObject({ verdict: 'usual', median: 199 });
    expect((await check('cents=398&store=kroger')).body).toMatchObject({ verdict: 'unknown', n: 0, median: null });
    expect((await check('cents=398&unit=bunch')).body).toMatchObject({ code: 'price_check_unusable' });
  });

  it('are shown by day, week and month, page by page', async () => {
    const id = await productOf(mine, 'oat');
    const all = (await mine.get(`/v1/products/${id}/prices?bucket=day`)).body;
    expect(all).toMatchObject({ currency: 'USD', nextCursor: null, pack: { unit: 'ml' } });
    expect(all.data.map(({ last }: { last: number }) => last)).toEqual([
      398, 410, 398, 402, 398, 385, 398, 420, 398, 410,
    ]);
    const first = (await mine.get(`/v1/products/${id}/prices?bucket=month&limit=2`)).body;
    const rest = (await mine.get(`/v1/products/${id}/prices?bucket=month&limit=20&cursor=${first.nextCursor}`)).body;
    const months = [...first.data, ...rest.data];
    expect(months.reduce((sum: number, { n }: { n: number }) => sum + n, 0)).toBe(10);
    expect(months.every(({ from }: { from: string }) => from.endsWith('-01'))).toBe(true);
    expect((await mine.get(`/v1/products/${id}/prices?kind=quoted`)).body.data).toEqual([]);
  });

  it('are taken away when the import is undone, and are not counted twice when it comes again', async () => {
    const text = ordersOf([500, 510, 520], 300014000000900, '833333333', 'Rye Bread, 20 oz');
    const { body } = await sendOrders(mine, text);
    await sendOrders(mine, text);
    expect((await observations('price_cents >= 500')).map(({ cents }) => cents)).toEqual([520, 510, 500]);
    const id = await productOf(mine, 'rye');
    const again = await mine.get('/v1/imports?limit=1');
    await mine.post(`/v1/imports/${again.body.data[0].id}/undo`);
    expect(await observations('price_cents >= 500')).toHaveLength(3);
    await mine.post(`/v1/imports/${body.id}/undo`);
    expect(await observations('price_cents >= 500')).toEqual([]);
    expect((await mine.get(`/v1/products/${id}/prices`)).status).toBe(404);
  });

  it('are told by hand, line by line, once each', async () => {
    const line = {
      name: 'Skyr Naturel',
      store: 'netto/12',
      cents: 2200,
      currency: 'DKK',
      amount: 1,
      unit: 'kg',
      observedOn: dayBefore(1),
    };
    const body = {
      prices: [line, { ...line, unit: 'bunch' }, { ...line, observedOn: '1970-01-01' }, { ...line, name: undefined }],
    };
    const { data } = (await mine.post('/v1/prices', body)).body;
    expect(data.map(({ status }: { status: string }) => status)).toEqual(['stored', 'refused', 'refused', 'refused']);
    const [again] = (await mine.post('/v1/prices', { prices: [line] })).body.data;
    expect(again).toMatchObject({ status: 'same', productId: data[0].productId });
    const check = await mine.get(
      `/v1/products/${encodeURIComponent(data[0].productId)}/price-check?cents=1100&amount=500&unit=g&currency=DKK`,
    );
    const reason = 'It was seen once in DKK; 8 times are needed.';
    expect(check.body).toMatchObject({ verdict: 'unknown', reason, n: 1, last: 1100, percentile: 0.5 });
    const path = `/v1/products/${encodeURIComponent(data[0].productId)}/price-check?cents=1100`;
    expect((await mine.get(path)).body.asked.currency).toBe('DKK');
    const other = 'It was seen in DKK, and not in CAD.';
    expect((await mine.get(`${path}&currency=CAD`)).body).toMatchObject({ n: 0, reason: other });
    expect((await mine.get(`${path}&currency=XXQ`)).body.code).toBe('request_invalid');
    const lines = [{ id: 'a', product: data[0].productId, cents: 2200 }];
    const { checks } = (await mine.post('/v1/price-checks', { lines })).body;
    expect(checks[0].lines[0].asked.currency).toBe('DKK');
  });

  it('judge a whole cart, each line and the total', async () => {
    const id = await productOf(mine, 'oat');
    const { body } = await mine.post('/v1/price-checks', {
      lines: [
        { id: 'a', product: id, cents: 350, packs: 2 },
        { id: 'b', name: 'something nobody saw', cents: 100 },
      ],
    });
    expect(body.checks).toHaveLength(1);
    expect(body.checks[0].lines).toMatchObject([
      { lineId: 'a', verdict: 'low' },
      { lineId: 'b', verdict: 'unknown', productId: null },
    ]);
    expect(body.checks[0].total).toEqual({
      verdict: 'low',
      percentile: 1,
      askedCents: 800,
      judgedCents: 700,
      usualCents: 796,
    });
  });

  it('of a route are held against what was seen before, each line and in total, where the route asks for it', async () => {
    const route = await mine.route(CART);
    const [first] = route.lines.WALMART_API;
    expect(route.outcome).not.toHaveProperty('priceCheck');
    const seen = await until(() => observations(`kind = 'quoted' AND product_key = 'walmart/${first.productId}'`), 1);
    expect(seen).toEqual([{ kind: 'quoted', cents: first.unitPriceCents }]);
    // What the shop sells was bought before, for half as much again.
    const dear = Array.from({ length: 9 }, (_, at) => Math.round(first.unitPriceCents * (1.5 + at / 50)));
    await sendOrders(
      mine,
      ordersOf(dear, 300014000000300, first.productId, `${first.productName} ${first.packSize}`.replaceAll('"', '')),
    );
    // What was quoted under the shop's own key is the product's from now on, and nothing of the same price is kept again.
    const id = await productOf(mine, first.productName);
    expect(await observations(`kind = 'quoted' AND product_key = '${id}'`)).toHaveLength(1);
    const asked = await mine.route({ ...CART, historyWeight: 10, preset: 'price-first' });
    expect(asked.outcome.winner.factors.history).toMatchObject({ weight: 10 });
    const quoted = (await mine.post('/v1/price-checks', { routeId: asked.id })).body.checks;
    const atWalmart = quoted.find(({ providerId }: { providerId: string }) => providerId === 'WALMART_API');
    expect(atWalmart.lines.find(({ lineId }: { lineId: string }) => lineId === first.lineId)).toMatchObject({
      verdict: 'low',
      productId: id,
    });
    const told = asked.outcome.priceCheck;
    expect(told.lines.length).toBeGreaterThan(0);
    expect(told.total.askedCents).toBeGreaterThan(0);
    const only = await mine.route({ ...CART, priceCheck: true });
    expect(only.outcome.winner.factors).not.toHaveProperty('history');
    expect(only.outcome.priceCheck.total).toMatchObject({ askedCents: expect.any(Number) });
    const again = (await mine.post(`/v1/routes/${asked.id}/rescore`, { historyWeight: 0 })).body;
    expect(again.wouldBe.winner.factors).not.toHaveProperty('history');
    const record = (await mine.get(`/v1/routes/${asked.id}/record`)).body.record;
    expect(recordFaults(record)).toEqual([]);
    expect(record.policy).toMatchObject({ historyWeight: 10, priceCheck: true });
    expect(await observations(`kind = 'quoted' AND product_key = '${id}'`)).toHaveLength(1);
  });

  it('of one tenant are nothing to another', async () => {
    const id = await productOf(mine, 'oat');
    for (const path of [`prices`, `price-check?cents=1`]) {
      expect((await stranger.get(`/v1/products/${id}/${path}`)).body.code).toBe('product_not_found');
    }
    const { body } = await stranger.post('/v1/price-checks', { lines: [{ id: 'a', product: id, cents: 350 }] });
    expect(body.checks[0].lines[0]).toMatchObject({ verdict: 'unknown', n: 0, productId: null });
    expect(
      (
        await mine.post('/v1/prices', {
          prices: [{ product: 'prd_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9', store: 'x', cents: 1, observedOn: dayBefore(1) }],
        })
      ).body.data[0].status,
    ).toBe('refused');
  });

  it('that were quoted are held against what was confirmed, and against the receipt of the same order', async () => {
    const honestyOf = async (id: string) =>
      (await mine.get('/v1/providers')).body.data.find((card: { id: string }) => card.id === id).honesty;
    const route = await mine.route(CART);
    const { providerId } = route.outcome.winner;
    expect(await honestyOf(providerId)).toBeNull();
    const { token } = (await mine.get(`/v1/routes/${route.id}`)).body.confirmation;
    const confirmed = await mine.post(
      `/v1/routes/${route.id}/confirm`,
      { confirmationToken: token },
      { 'idempotency-key': 'honest' },
    );
    expect(confirmed.status).toBe(200);
    const honest = await until(async () => [await honestyOf(providerId)].filter((one) => one !== null), 1);
    expect(honest[0]).toEqual({
      confirmations: 1,
      unchanged: 1,
      changePercent: 0,
      receipts: 0,
      receiptLines: 0,
      receiptPercent: null,
    });
    const shop = providerId.toLowerCase().replace(/_api$/, '');
    const lines = (route.lines[providerId] as QuoteLine[]).map((one): PaidLine => ({
      orderId: 'ord_receipt',
      productId: `${shop}/${one.productId}`,
      retailer: shop,
      storeNumber: null,
      orderedOn: dayBefore(0),
      currency: 'USD',
      name: one.productName,
      size: one.packSize,
      quantity: 1,
      measure: null,
      cents: Math.round(one.unitPriceCents! * 1.1),
    }));
    const pay = (own: readonly PaidLine[]) =>
      test.app
        .get(Database)
        .system((tx) => test.app.get<PricesService>(PricesService).paid(tx, tenantId, ['ord_receipt'], own));
    await pay(lines);
    const receipt = await honestyOf(providerId);
    expect(receipt).toMatchObject({ receipts: 1, receiptLines: lines.length });
    expect(receipt.receiptPercent).toBeGreaterThan(8);
    expect(receipt.receiptPercent).toBeLessThan(12);
    await pay([]);
    expect(await honestyOf(providerId)).toMatchObject({ confirmations: 1, receipts: 0, receiptPercent: null });
  });

  it('lie in months, those that came before their month was made moved into it, and old months are dropped', async () => {
    const partsOf = () =>
      rowsOf<{ name: string }>(
        test.stores.adminUrl,
        `SELECT DISTINCT tableoid::regclass::text AS name FROM price_observations ORDER BY 1`,
      );
    expect((await partsOf()).map(({ name }) => name)).toContain('price_observations_rest');
    const before = await observations();
    await test.app.get(MonthsService).make();
    expect((await partsOf()).every(({ name }) => /_\d{6}$/.test(name))).toBe(true);
    expect(await observations()).toEqual(before);
    await rowsOf(test.stores.adminUrl, `SELECT price_month('2015-03-01')`);
    await test.app.get(MonthsService).make();
    expect(await rowsOf(test.stores.adminUrl, `SELECT to_regclass('price_observations_201503') AS t`)).toEqual([
      { t: null },
    ]);
  });

  it('are handed out whole, and erased whole', async () => {
    const prices = test.app.get<PricesService>(PricesService);
    const all: unknown[] = [];
    for await (const page of prices.exportAll(tenantId)) all.push(...page);
    const count = await prices.countAll(tenantId);
    expect(all).toHaveLength(count.observations + count.watches);
    expect(count.observations).toBeGreaterThan(10);
    const erased = await test.app.get(Database).system((tx) => prices.eraseAll(tx, tenantId));
    expect(erased).toEqual(count);
    expect(await observations()).toEqual([]);
    expect(await prices.countAll(tenantId)).toEqual({ observations: 0, watches: 0 });
  });
});
