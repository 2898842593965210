import { existsSync, readFileSync } from 'node:fs';
import { FormData, request } from 'undici';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { SCOPES } from '../../src/modules/tenants/scopes.js';
import { Api } from '../support/api.js';
import { startApp, type TestApp } from '../support/app.js';

const FIXTURES = ['test/fixtures/orders/household/a1-csv-pair', '../shared/data/own/orders/household/a1-csv-pair'];
const HOUSEHOLD = FIXTURES.find((folder) => existsSync(folder));
const FILES = ['Walmart_Orders.csv', 'Walmart_Order_Items.csv'];

const wait = { prefer: 'wait=30' };
const csv = { 'content-type': 'text/csv', ...wait };
const itemsCsv = (...rows: string[]) =>
  [
    'Order Number,Order Date,Product Name,Quantity,Price,Delivery Status,Product Link',
    ...rows.map((row) => row.replace('ip:', 'https://www.walmart.com/ip/')),
  ].join('\r\n');

/** A household with two names of one milk, bought in two sizes. */
const MILK = itemsCsv(
  '300014000000051,"Jan 04, 2026","Valley Oat Milk, 64 fl oz",2,7.96,Delivered,ip:811111111',
  '300014000000052,"Jan 11, 2026","Valley Oat Milk, 32 fl oz",1,2.50,Delivered,ip:811111112',
  '300014000000053,"Jan 18, 2026","Valley Oat Milk, 64 fl oz",1,3.98,Delivered,ip:811111111',
  '300014000000053,"Jan 18, 2026",Creamy Oat Drink,1,3.10,Delivered,ip:811111113',
);

/** The same code on what a till of one shop cuts short and another spells out. */
const LOOKUP = {
  ask: { storeId: 9142, purchaseDate: '08-22-2025', total: '1.04' },
  answer: {
    receipts: [
      {
        store: { id: '9142' },
        dateTime: '2025-08-22T09:48:04',
        noOfItems: 1,
        total: { subtotal: 1.04, taxTotal: 0, totalAmount: 1.04, changeDue: 0 },
        tcNumber: '646355185400100145999',
        items: [{ description: 'VP CHKPS', itemId: '727684999', upc: '200001018237', price: 1.04, quantity: 1 }],
      },
    ],
  },
};
const KROGER = [
  {
    purchaseId: { receiptId: '2025-08-24~64540~596' },
    receiptCreateDateTime: { value: '2025-08-24T19:41:00' },
    storeInfo: { vanityName: 'Kroger Sedgewater Commons' },
    items: [
      {
        purchasedData: {
          displayInfo: { description: 'Value Pantry Chickpeas Canned, 15 oz', customerFacingSize: '15 oz' },
          upc: '0200001018237',
          pricingInfo: { totalPricePaid: 'USD 2.94' },
          quantityInfo: { received: 3 },
        },
      },
    ],
  },
];

describe('the history', () => {
  let test: TestApp;
  let mine: Api;
  let stranger: Api;
  let milkImport: string;

  beforeAll(async () => {
    test = await startApp();
    const tenants = test.app.get(TenantsService);
    const keyOf = async (name: string) =>
      (await tenants.createKey({ tenantName: name, name, scopes: [...SCOPES], expiresInDays: null })).key;
    [mine, stranger] = [new Api(test.url, await keyOf('Mine')), new Api(test.url, await keyOf('Stranger'))];
    milkImport = (await mine.post('/v1/imports', MILK, csv)).body.id;
  }, 60_000);
  afterAll(() => test?.close());

  const named = async (name: string, api = mine) => {
    const { data } = (await api.get(`/v1/products?q=${encodeURIComponent(name)}`)).body;
    return data.find((product: { name: string }) => product.name === name)?.id as string;
  };
  const productOf = async (name: string) => (await mine.get(`/v1/products/${await named(name)}`)).body;

  describe('knows one product under several names', () => {
    it('by the matcher when only the size differs, and says how sure it is', async () => {
      const big = await productOf('Valley Oat Milk, 64 fl oz');
      expect(big.joined.map(({ name, how }: { name: string; how: string }) => [name, how])).toEqual([
        ['Valley Oat Milk, 64 fl oz', null],
        ['Valley Oat Milk, 32 fl oz', 'matcher'],
      ]);
      expect(big.joined[1].confidence).toBeGreaterThanOrEqual(0.9);
      expect(big).toMatchObject({ foodGroup: 'dairy_eggs', orders: 2, boughtCents: 1194, lastCents: 398 });
    });

    it('and tells how often it is bought by all of them', async () => {
      for (const name of ['Valley Oat Milk, 64 fl oz', 'Valley Oat Milk, 32 fl oz']) {
        expect((await productOf(name)).rhythm).toEqual({
          days: 3,
          medianDays: 7,
          nextDueOn: '2026-01-25',
          reason: null,
        });
      }
      expect((await productOf('Creamy Oat Drink')).rhythm).toMatchObject({ days: 1, reason: 'bought_too_seldom' });
    });

    it('by hand, though the import is undone and made again', async () => {
      const [drink, milk] = [await named('Creamy Oat Drink'), await named('Valley Oat Milk, 64 fl oz')];
      const joined = await mine.post(`/v1/products/${drink}/join`, { productId: milk });
      expect([joined.status, joined.body.joined.length]).toEqual([200, 3]);
      const apart = await mine.post(`/v1/products/${await named('Valley Oat Milk, 32 fl oz')}/part`, {});
      expect(apart.body.joined).toEqual([]);
      await mine.post(`/v1/imports/${milkImport}/undo`);
      expect((await mine.get('/v1/products')).body.data).toEqual([]);
      milkImport = (await mine.post('/v1/imports', MILK, csv)).body.id;
      const again = await productOf('Creamy Oat Drink');
      expect(again.id).not.toBe(drink);
      expect(again.joined.map(({ name }: { name: string }) => name).toSorted()).toEqual([
        'Creamy Oat Drink',
        'Valley Oat Milk, 64 fl oz',
      ]);
      expect((await productOf('Valley Oat Milk, 32 fl oz')).joined).toEqual([]);
    });

    it('and suggests what may be one, with how likely that is', async () => {
      const id = await named('Valley Oat Milk, 32 fl oz');
      const { data } = (await mine.get(`/v1/products/${id}/likely`)).body;
      expect(data[0]).toMatchObject({ name: 'Valley Oat Milk, 64 fl oz' });
      expect(data[0].confidence).toBeGreaterThan(0.9);
      const back = await mine.post(`/v1/products/${id}/join`, { productId: data[0].id });
      expect(back.body.joined).toHaveLength(3);
    });

    it('by the code on it at two retailers, and parts even that by hand', async () => {
      const { key } = await test.app
        .get(TenantsService)
        .createKey({ tenantName: 'Coded', name: 'coded', scopes: [...SCOPES], expiresInDays: null });
      const coded = new Api(test.url, key);
      for (const file of [LOOKUP, KROGER]) {
        const { body } = await coded.post('/v1/imports', JSON.stringify(file), {
          'content-type': 'text/plain',
          ...wait,
        });
        expect(body.outcome).toMatchObject({ orders: { new: 1 }, lines: 1 });
      }
      const read = async () => {
        const { data } = (await coded.get('/v1/products')).body;
        return (await coded.get(`/v1/products/${data[0].id}`)).body;
      };
      const { id, joined } = await read();
      expect(joined).toMatchObject([
        { retailer: 'walmart', how: null },
        { retailer: 'kroger', name: 'Value Pantry Chickpeas Canned, 15 oz', how: 'code', confidence: 1 },
      ]);
      await coded.post(`/v1/products/${id}/part`, { productId: joined[0].id });
      expect((await read()).joined).toEqual([]);
      const { totals } = (await coded.get('/v1/spending?by=store')).body;
      expect(totals).toMatchObject([{ currency: 'USD', goodsCents: 398, orders: 2 }]);
    });

    it('but joins nothing with itself, and nothing of another tenant', async () => {
      const id = await named('Creamy Oat Drink');
      expect((await mine.post(`/v1/products/${id}/join`, { productId: id })).body.code).toBe('product_join_itself');
      await stranger.post('/v1/imports', MILK, csv);
      const theirs = await named('Creamy Oat Drink', stranger);
      for (const [api, one, other] of [
        [mine, id, theirs],
        [stranger, id, theirs],
        [mine, theirs, id],
      ] as const) {
        const { status, body } = await api.post(`/v1/products/${one}/join`, { productId: other });
        expect([status, body.code]).toEqual([404, 'product_not_found']);
      }
      // Nor does what one decided hold for the other.
      expect((await stranger.get(`/v1/products/${theirs}`)).body.joined).toEqual([]);
    });
  });

  describe('tells what was spent', () => {
    it('by month, only what was charged', async () => {
      const { body } = await mine.get('/v1/spending?by=month&from=2026-01-05');
      expect(body.data).toEqual([
        {
          key: '2026-01',
          name: null,
          currency: 'USD',
          goodsCents: 958,
          totalCents: null,
          refundCents: null,
          orders: 2,
          ordersWithoutTotal: 2,
          linesWithoutPrice: 0,
        },
      ]);
    });

    it('by group of foods, and what has none is said', async () => {
      await mine.post(
        '/v1/imports',
        itemsCsv('300014000000059,"Jan 18, 2026",Zzqx Vvwq,1,9.00,Delivered,ip:811111119'),
        csv,
      );
      const { data } = (await mine.get('/v1/spending?by=group')).body;
      expect(data.find(({ key }: { key: string }) => key === null)).toMatchObject({ goodsCents: 900, orders: 1 });
      expect(data.find(({ key }: { key: string }) => key === 'dairy_eggs').goodsCents).toBeGreaterThanOrEqual(1444);
    });

    it('and refuses what it does not know', async () => {
      for (const query of ['by=year', 'from=2026-13-01', 'retailer=corner'])
        expect((await mine.get(`/v1/spending?${query}`)).status).toBe(400);
    });
  });

  (HOUSEHOLD ? describe : describe.skip)('of a household', () => {
    let house: Api;
    beforeAll(async () => {
      const { key } = await test.app
        .get(TenantsService)
        .createKey({ tenantName: 'House', name: 'house', scopes: [...SCOPES], expiresInDays: null });
      house = new Api(test.url, key);
      const body = new FormData();
      for (const name of FILES) body.append('file', new File([readFileSync(`${HOUSEHOLD}/${name}`)], name));
      const headers = { ...wait, authorization: `Bearer ${key}` };
      const answer = await request(`${test.url}/v1/imports`, { method: 'POST', headers, body });
      expect(await answer.body.json()).toMatchObject({ outcome: { orders: { new: 25 }, lines: 229 } });
    }, 60_000);

    it('pages through its orders by cursor, each once, and filters them', async () => {
      const seen: string[] = [];
      let cursor = '';
      do {
        const { data, nextCursor } = (await house.get(`/v1/orders?limit=7${cursor}`)).body;
        seen.push(...data.map(({ id }: { id: string }) => id));
        cursor = nextCursor ? `&cursor=${nextCursor}` : '';
      } while (cursor);
      expect([seen.length, new Set(seen).size]).toEqual([25, 25]);
      const march = (await house.get('/v1/orders?from=2025-03-01&to=2025-03-31&limit=100')).body.data;
      expect(march.length).toBeGreaterThan(0);
      expect(march.every(({ orderedOn }: { orderedOn: string }) => orderedOn.startsWith('2025-03'))).toBe(true);
      const some = (await house.get('/v1/orders?q=ketchup&limit=100')).body.data;
      expect(some.length).toBeGreaterThan(0);
      expect(some.length).toBeLessThan(25);
      const { storeNumber } = march[0];
      const there = (await house.get(`/v1/orders?store=${storeNumber}&limit=100`)).body.data;
      expect(there.every((order: { storeNumber: string }) => order.storeNumber === storeNumber)).toBe(true);
      expect(there.length).toBeLessThan(25);
      const [product] = (await house.get('/v1/products?q=ketchup')).body.data;
      const with1 = (await house.get(`/v1/orders?product=${product.id}`)).body.data;
      expect(with1.length).toBe((await house.get(`/v1/products/${product.id}`)).body.orders);
    });

    it('has 161 products, and spends the same by month and by store', async () => {
      let products = 0;
      let cursor = '';
      do {
        const { data, nextCursor } = (await house.get(`/v1/products?limit=100${cursor}`)).body;
        products += data.length;
        cursor = nextCursor ? `&cursor=${nextCursor}` : '';
      } while (cursor);
      expect(products).toBe(161);
      const [month, store, group] = await Promise.all(
        ['month', 'store', 'group'].map(async (by) => (await house.get(`/v1/spending?by=${by}`)).body),
      );
      expect(month.totals).toEqual(store.totals);
      expect(group.totals[0].goodsCents).toBe(month.totals[0].goodsCents);
      expect(month.totals[0]).toMatchObject({ currency: 'USD', orders: 25 });
      expect(month.totals[0].refundCents).toBeGreaterThan(0);
      // What its own account says, checked by the sum of every order as it is read.
      let [goods, refunds] = [0, 0];
      for (const { id } of (await house.get('/v1/orders?limit=100')).body.data) {
        const order = (await house.get(`/v1/orders/${id}`)).body;
        refunds += order.refundCents ?? 0;
        for (const { lineCents } of order.lines) goods += lineCents ?? 0;
      }
      expect([month.totals[0].goodsCents, month.totals[0].refundCents]).toEqual([goods, refunds]);
    });
  });
});
