import { request } from 'undici';
import { LoopGPT } from '../../sdk/client.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { SCOPES } from '../../src/modules/tenants/scopes.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { Receiver } from '../support/receiver.js';
import { rowsOf } from '../support/stores.js';

const csv = { 'content-type': 'text/csv', prefer: 'wait=30' };
const ITEMS = [
  'Order Number,Order Date,Product Name,Quantity,Price,Delivery Status,Product Link',
  '300014000000071,"Jan 04, 2026","Zebrafold Oat Milk, 64 fl oz",2,7.96,Delivered,https://www.walmart.com/ip/817171711',
  '300014000000072,"Jan 11, 2026","=Zebrafold Rye, sliced",1,2.50,Delivered,https://www.walmart.com/ip/817171712',
  '300014000000072,"Jan 11, 2026",Zebrafold Cream,1,3.10,Unavailable,https://www.walmart.com/ip/817171713',
].join('\r\n');
/** What of the file would be found in any table that keeps some of it. */
const TRACES = ['Zebrafold', '30001400000007', '8171717'];

describe('a history', () => {
  let test: TestApp;
  let receiver: Receiver;
  let key: string;
  let mine: Api;
  let other: Api;

  beforeAll(async () => {
    [test, receiver] = await Promise.all([startApp(), Receiver.start()]);
    const tenants = test.app.get(TenantsService);
    const keyOf = async (name: string) =>
      (await tenants.createKey({ tenantName: name, name, scopes: [...SCOPES], expiresInDays: null })).key;
    key = await keyOf('Mine');
    [mine, other] = [new Api(test.url, key), new Api(test.url, await keyOf('Other'))];
    await mine.post('/v1/webhook-endpoints', { url: receiver.url });
    await mine.post('/v1/imports', ITEMS, { ...csv, 'idempotency-key': 'zebra' });
    await receiver.waitFor(1);
  }, 60_000);
  afterAll(async () => {
    await test?.close();
    await receiver?.close();
  });

  const exported = async (accept: string) => {
    const headers = { accept, authorization: `Bearer ${key}` };
    const answer = await request(`${test.url}/v1/history/export`, { headers });
    return { type: answer.headers['content-type'], text: await answer.body.text() };
  };

  describe('at the former doors', () => {
    it('is counted, listed and read in their words', async () => {
      expect((await mine.get('/api/health')).body).toEqual({ status: 'healthy' });
      expect((await mine.get('/api/walmart/health')).body).toEqual({ orders: 2, products: 3 });
      const { orders } = (await mine.get('/api/walmart/orders')).body;
      expect(orders[0]).toMatchObject({
        orderNumber: '300014000000072',
        orderDate: '2026-01-11',
        itemCount: 2,
        total: null,
        reason: 'not_told_by_the_files',
      });
      for (const id of [orders[0].id, '300014000000072', '3000140-00000072']) {
        const { order } = (await mine.get(`/api/walmart/orders/${id}`)).body;
        expect(order.items.map(({ totalPrice, status }: Record<string, unknown>) => [totalPrice, status])).toEqual([
          [2.5, 'bought'],
          [0, 'unavailable'],
        ]);
      }
    });

    it('tells the last price that was paid, by our id or the shop’s, and null for what nobody paid', async () => {
      const { products } = (await mine.get('/api/walmart/products?query=zebrafold')).body;
      const by = new Map(products.map((product: { walmartId: string }) => [product.walmartId, product]));
      expect(by.get('817171711')).toMatchObject({
        price: 3.98,
        currency: 'USD',
        priceDate: '2026-01-04',
        reason: null,
      });
      expect(by.get('817171713')).toMatchObject({
        price: null,
        currency: null,
        reason: 'no_price_seen',
        inStock: null,
      });
      const { id } = by.get('817171711') as { id: string };
      for (const path of [`/api/walmart/products/${id}`, '/api/walmart/products/817171711', `/api/price/${id}`])
        expect((await mine.get(path)).body.product).toEqual(by.get('817171711'));
    });

    it('multiplies that price, with what is unknown in no total', async () => {
      const items = [
        { productId: '817171711', quantity: 3 },
        { productId: '817171713', quantity: 1 },
        { productId: 'nothing', quantity: 2 },
      ];
      for (const folder of ['', '/api/pricing']) {
        const { status, body } = await mine.post(`${folder}/calculate`, { ...items[0], customerId: 'somebody' });
        expect([status, body.basePrice, body.totalPrice, body.finalPrice]).toEqual([200, 3.98, 11.94, 11.94]);
        const { body: bulk } = await mine.post(`${folder}/bulk`, { items });
        expect(bulk).toMatchObject({
          success: false,
          totals: [{ currency: 'USD', finalPrice: 11.94 }],
          unpriced: 2,
          results: [
            { success: true },
            { success: true, finalPrice: null, reason: 'no_price_seen' },
            { success: false, finalPrice: null, reason: 'product_unknown' },
          ],
        });
      }
      expect((await mine.get('/api/pricing/health')).body).toEqual({ service: 'pricing', status: 'healthy' });
    });

    it('tells prices over the days, and reductions that were seen', async () => {
      const empty = (await mine.get('/promotions')).body;
      expect(empty).toMatchObject({ promotions: [], reason: 'none_seen' });
      const { id } = (await mine.get('/api/walmart/products/817171711')).body.product;
      const today = new Date().toISOString().slice(0, 10);
      const price = { product: id, store: 'walmart', cents: 350, regularCents: 398, kind: 'shelf', observedOn: today };
      await mine.post('/v1/prices', { prices: [price] });
      const { promotions } = (await mine.get('/api/pricing/promotions')).body;
      expect(promotions).toMatchObject([{ productId: id, price: 3.5, regularPrice: 3.98, store: 'walmart' }]);
      const { body } = await mine.post('/calculate', { productId: id, quantity: 2 });
      expect(body).toMatchObject({ basePrice: 3.98, totalPrice: 7.96, discount: 0.96, finalPrice: 7 });
      for (const path of [`/api/price/history/${id}?days=3000`, '/api/walmart/price/history/817171711?days=3000']) {
        const { history } = (await mine.get(path)).body;
        expect(history.map(({ price: told, source }: Record<string, unknown>) => [told, source])).toEqual([
          [3.5, 'shelf'],
          [3.98, 'paid'],
        ]);
      }
      expect((await mine.get('/api/walmart/price/history/817171713')).body).toMatchObject({
        history: [],
        reason: 'no_price_seen',
      });
    });

    it('tells by webhook when a price that is tracked falls', async () => {
      const { status, body } = await mine.post('/api/price/track', { productId: '817171711', targetPrice: 3 });
      expect([status, body.productName, body.price]).toEqual([201, 'Zebrafold Oat Milk, 64 fl oz', 3.5]);
      expect((await mine.get(`/v1/price-watches/${body.watchId}`)).body).toMatchObject({ below: { cents: 300 } });
      const observedOn = new Date().toISOString().slice(0, 10);
      const before = receiver.received.length;
      await mine.post('/v1/prices', {
        prices: [{ product: body.productId, store: 'walmart', cents: 290, kind: 'shelf', observedOn }],
      });
      await receiver.waitFor(before + 1);
      expect((await mine.post('/api/price/track', { productId: '817171711' })).status).toBe(400);
      expect((await other.post('/api/price/track', { productId: '817171711', percentDrop: 10 })).status).toBe(404);
    });

    it('refuses in the words that callers know, and tells nobody of another’s', async () => {
      const refused = await mine.post('/calculate', { quantity: 1 });
      expect([refused.status, refused.body.error.code]).toEqual([400, 'VALIDATION_FAILED']);
      for (const path of [
        '/api/walmart/products/817171711',
        '/api/walmart/orders/300014000000072',
        '/api/price/817171711',
      ]) {
        const { status, body } = await other.get(path);
        expect([status, typeof body.error.code]).toEqual([404, 'string']);
      }
      expect((await other.get('/api/walmart/health')).body).toEqual({ orders: 0, products: 0 });
      expect((await other.post('/calculate', { productId: '817171711' })).body).toMatchObject({ success: false });
    });
  });

  it('is read by the client, too', async () => {
    const { history } = new LoopGPT({ baseUrl: test.url, apiKey: key });
    const { data } = await history.orders({ limit: 1 });
    expect((await history.order(data[0]!.id)).lines).toHaveLength(2);
    const [milk, rye] = (await history.products({ q: 'zebrafold' })).data.toSorted((a, b) =>
      b.name.localeCompare(a.name),
    );
    expect((await history.join(milk!.id, rye!.id)).joined).toHaveLength(2);
    expect((await history.part(milk!.id)).joined).toEqual([]);
    expect((await history.likely(milk!.id)).data).toEqual(expect.any(Array));
    expect((await history.spending({ by: 'store' })).totals).toMatchObject([{ currency: 'USD', goodsCents: 1046 }]);
    await expect(history.erase()).rejects.toMatchObject({ code: 'history_erase_unconfirmed' });
  });

  it('is exported whole as lines of JSON', async () => {
    const { type, text } = await exported('application/x-ndjson');
    expect(type).toMatch(/^application\/x-ndjson/);
    const rows = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sort: string });
    const count = (sort: string) => rows.filter((row) => row.sort === sort).length;
    expect(['import', 'order', 'line', 'source', 'product'].map(count)).toEqual([1, 2, 3, 2, 3]);
    expect(count('price')).toBeGreaterThan(1);
    expect((await other.get('/v1/history/export')).body).toBe('');
  });

  it('is exported as CSV with no cell that a spreadsheet would run', async () => {
    const { type, text } = await exported('text/csv');
    expect(type).toMatch(/^text\/csv/);
    expect(text.split('\r\n')[0]).toMatch(/^sort,id,of,/);
    expect(text).toContain(`"'=Zebrafold Rye, sliced"`);
    expect(text).not.toMatch(/(^|,)"?[=@]/m);
  });

  it('is erased only with its count, and then gone from every table', async () => {
    await other.post('/v1/imports', ITEMS.replaceAll('Zebrafold', 'Quaggaline'), csv);
    const first = await mine.send('DELETE', '/v1/history');
    expect([first.status, first.body.code]).toEqual([409, 'history_erase_unconfirmed']);
    expect(first.body.present).toMatchObject({ imports: 1, orders: 2, lines: 3, products: 3 });
    const { confirm } = first.body.present;
    expect((await mine.send('DELETE', `/v1/history?confirm=${confirm - 1}`)).status).toBe(409);
    expect((await mine.get('/v1/orders')).body.data).toHaveLength(2);
    expect(await tablesWith('Zebrafold')).not.toEqual([]);
    // As a record that a listener could not handle would be parked.
    const parked = await rowsOf(
      test.stores.adminUrl,
      `INSERT INTO dead_letters (id, tenant_id, source, record, reason)
       SELECT 'dlq_' || id, tenant_id, 'imports.v1/notifications', jsonb_build_object('subject', id, 'data', 'Zebrafold'), 'a test'
       FROM imports WHERE tenant_id = (SELECT id FROM tenants WHERE name = 'Mine') RETURNING id`,
    );
    expect(parked).toHaveLength(1);
    const erased = await mine.send('DELETE', `/v1/history?confirm=${confirm}`);
    expect([erased.status, erased.body]).toMatchObject([200, { imports: 1, orders: 2, watches: 1 }]);
    expect(await tablesWith('Zebrafold')).toEqual([]);
    for (const trace of TRACES) expect((await tablesWith(trace, 'Mine')).map(({ table }) => table)).toEqual([]);
    expect((await exported('text/csv')).text.trim().split('\r\n')).toHaveLength(1);
    expect((await mine.send('DELETE', '/v1/history?confirm=0')).status).toBe(200);
    expect((await other.get('/v1/orders')).body.data).toHaveLength(2);
    const again = await mine.post('/v1/imports', ITEMS, { ...csv, 'idempotency-key': 'zebra' });
    expect(again.body.outcome.orders).toEqual({ new: 2, changed: 0, same: 0 });
  }, 30_000);

  /** Every table of the database in which some row holds the text; of one tenant, if it is named. */
  async function tablesWith(text: string, tenant?: string): Promise<{ table: string; rows: number }[]> {
    const { adminUrl } = test.stores;
    const [owner] = await rowsOf<{ id: string }>(adminUrl, `SELECT id FROM tenants WHERE name = '${tenant ?? 'Mine'}'`);
    const tables = await rowsOf<{ name: string; isOwned: boolean }>(
      adminUrl,
      `SELECT format('%I.%I', n.nspname, c.relname) AS name, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid
         AND a.attname = 'tenant_id') AS "isOwned"
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
    );
    expect(tables.length).toBeGreaterThan(30);
    const found: { table: string; rows: number }[] = [];
    for (const { name, isOwned } of tables) {
      const own = tenant === undefined ? '' : isOwned ? `AND t.tenant_id = '${owner!.id}'` : 'AND false';
      const [row] = await rowsOf<{ rows: number }>(
        adminUrl,
        `SELECT count(*)::int AS rows FROM ${name} t WHERE strpos(t::text, '${text}') > 0 ${own}`,
      );
      if (row!.rows > 0) found.push({ table: name, rows: row!.rows });
    }
    return found;
  }
});
