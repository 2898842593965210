import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { open, openAll } from '../opening/open.js';
import type { Opened } from '../opening/opened.js';
import type { ReadOrder, Reading } from '../reading.js';
import { FORMATS } from './registry.js';

const HOUSEHOLD = join(process.cwd(), 'test', 'fixtures', 'orders', 'household');
const whenPresent = existsSync(HOUSEHOLD) ? describe : describe.skip;

interface TruthLine {
  name: string;
  quantity: number;
  state?: string;
  unitCents?: number;
  lineCents: number | null;
  sizeText?: string;
  asin?: string;
  upc?: string;
  measure?: object | null;
  couponCents?: number;
}
interface TruthOrder {
  id: string;
  orderedOn?: string;
  orderedAt?: string;
  totalCents?: number;
  totalOwedCents?: number;
  savingsCents?: number | null;
  refundCents?: number | null;
  retailers?: string[];
  store?: string;
  status?: string;
  lines: TruthLine[];
}

const bytesOf = (path: string) => readFileSync(join(HOUSEHOLD, path));
const truthOf = (path: string) =>
  JSON.parse(bytesOf(path).toString('utf8')) as { orders: TruthOrder[]; counts: object };
const digits = (id: string) => id.replaceAll(/\D/g, '');

/** What the first format that knows it says of it. */
async function told(file: Opened): Promise<Omit<Reading, 'format'> & { id: string }> {
  for (const format of FORMATS) {
    const found = await format.read(file);
    if (found) return { id: format.id, ...found };
  }
  throw new Error('no format knows it');
}
const csv = (path: string) => told(open({ name: null, bytes: bytesOf(path) }));
const json = csv;

whenPresent('files of other retailers, from ../shared/data/own/orders (skipped where it is absent)', () => {
  const countsOf = (orders: readonly ReadOrder[]) => ({
    orders: orders.length,
    lines: orders.flatMap(({ lines }) => lines).length,
    products: new Set(
      orders.flatMap(({ lines }) => lines.map(({ asin, upc, externalId }) => asin ?? upc ?? externalId)),
    ).size,
  });
  // What did not come was ordered, and nothing of it was charged.
  const quantities = (order: ReadOrder) => order.lines.map((line) => line.orderedQuantity ?? line.quantity);

  it.each(['json', 'csv'])(
    'Instacart as %s tells what came and what the whole cost, and no price of an item',
    async (as) => {
      const truth = truthOf('j-instacart/truth.json');
      const read = await (as === 'json' ? json : csv)(`j-instacart/orders.${as}`);
      expect([read.id, read.skipped, read.questions, countsOf(read.orders)]).toEqual([
        'instacart',
        [],
        [],
        truth.counts,
      ]);
      truth.orders.forEach((expected, index) => {
        const order = read.orders[index]!;
        const { numberKey, orderedOn, totalCents, sellers } = order;
        expect({ numberKey, orderedOn, totalCents, sellers }).toEqual({
          numberKey: expected.id,
          orderedOn: expected.orderedOn,
          totalCents: expected.totalCents,
          sellers: expected.retailers,
        });
        expect(order.lines.map(({ name, size, lineCents }) => ({ name, size, lineCents }))).toEqual(
          expected.lines.map(({ name, sizeText, lineCents }) => ({ name, size: sizeText, lineCents })),
        );
        expect(quantities(order)).toEqual(expected.lines.map(({ quantity }) => quantity));
        if (as === 'csv') return;
        expect([order.orderedAt, order.status]).toEqual([
          new Date(expected.orderedAt!.split(' ')[0]!).toISOString(),
          expected.status,
        ]);
        expect(order.lines.every(({ quantity }) => (quantity === 0) === (expected.status === 'cancelled'))).toBe(true);
      });
    },
  );

  it.each(['receipts.json', 'products.json', 'receipts.csv'])(
    'Kroger: %s tells each line with its weight',
    async (file) => {
      const truth = truthOf('k-kroger/truth.json');
      const read = await (file.endsWith('json') ? json : csv)(`k-kroger/${file}`);
      expect([read.id, read.skipped, read.questions, countsOf(read.orders)]).toEqual(['kroger', [], [], truth.counts]);
      truth.orders.forEach((expected, index) => {
        const order = read.orders[index]!;
        expect([order.orderedOn, order.storeName, order.totalCents, order.taxCents]).toEqual([
          expected.orderedOn,
          expected.store,
          null,
          null,
        ]);
        const isTable = file.endsWith('csv');
        expect([order.numberKey, order.isWholeDay]).toEqual(isTable ? [null, true] : [digits(expected.id), false]);
        expect(
          order.lines.map(({ name, upc, quantity, measure, lineCents, unitCents, wasCents }) => ({
            name,
            upc,
            quantity,
            measure,
            lineCents,
            ...(isTable ? { unitCents, couponCents: wasCents === null ? 0 : wasCents - lineCents! } : {}),
          })),
        ).toEqual(
          expected.lines.map(({ name, upc, quantity, measure, lineCents, unitCents, couponCents }) => ({
            name,
            upc,
            quantity,
            measure,
            lineCents,
            ...(isTable ? { unitCents, couponCents } : {}),
          })),
        );
      });
    },
  );

  it('Amazon: tables that overlap, a line in two shipments, refunds, and a cart that is no order', async () => {
    const truth = truthOf('l-amazon/truth.json');
    const [opened] = openAll({ name: null, bytes: bytesOf('l-amazon/Your Orders.zip') }).opened;
    const tables = opened?.kind === 'tables' ? opened.tables : [];
    for (const order of [tables, tables.toReversed()]) {
      const read = await told({ name: null, kind: 'tables', of: 'csv', tables: order });
      expect([read.id, countsOf(read.orders)]).toEqual(['amazon', truth.counts]);
      expect(read.skipped).toEqual([
        { where: expect.stringContaining('CartItems') as string, reason: 'It tells of no order.' },
      ]);
      for (const expected of truth.orders) {
        const found = read.orders.find(({ numberKey }) => numberKey === digits(expected.id))!;
        expect([found.orderedAt, found.totalCents, found.refundCents, found.status, found.currency]).toEqual([
          new Date(expected.orderedAt!).toISOString(),
          expected.totalOwedCents,
          expected.refundCents,
          expected.status,
          'USD',
        ]);
        expect(
          found.lines.map(({ name, asin, unitCents, listedCents, state }) => ({
            name,
            asin,
            unitCents,
            listedCents,
            state,
          })),
        ).toEqual(
          expected.lines.map(({ name, asin, unitCents, lineCents, state }) => ({
            name,
            asin,
            unitCents,
            listedCents: lineCents,
            state,
          })),
        );
        expect(quantities(found)).toEqual(expected.lines.map(({ quantity }) => quantity));
      }
      expect(JSON.stringify(read)).not.toMatch(/9071|Tindall|Quillfeather/);
    }
  });

  it.each(['csv', 'json'])(
    'Amazon in German as %s: euros, decimal commas and days with names of months',
    async (as) => {
      const truth = truthOf('l-amazon/truth-de.json');
      const read = await (as === 'json' ? json : csv)(`l-amazon/extension-de.${as}`);
      expect([read.id, read.skipped, read.questions, countsOf(read.orders)]).toEqual([
        'amazon-extension',
        [],
        [],
        truth.counts,
      ]);
      expect(
        read.orders.map(({ numberKey, orderedOn, totalCents, savingsCents, currency, lines }) => ({
          numberKey,
          orderedOn,
          totalCents,
          savingsCents,
          currency,
          lines: lines.map(({ name, asin, quantity, unitCents, lineCents }) => ({
            name,
            asin,
            quantity,
            unitCents,
            lineCents,
          })),
        })),
      ).toEqual(
        truth.orders.map(({ id, orderedOn, totalCents, savingsCents, lines }) => ({
          numberKey: digits(id),
          orderedOn,
          totalCents,
          savingsCents,
          currency: 'EUR',
          lines: lines.map(({ name, asin, quantity, unitCents, lineCents }) => ({
            name,
            asin,
            quantity,
            unitCents,
            lineCents,
          })),
        })),
      );
    },
  );

  it('lists become carts and no order: Mealie by position, KitchenOwl with its one charge, grocy by list', async () => {
    const truth = JSON.parse(bytesOf('m-lists/truth.json').toString('utf8')) as {
      mealie: { list: string; items: Record<string, unknown>[] };
      kitchenowl: { items: number; charges: object[] };
      grocy: { lists: number; rows: number; done: number };
    };
    const [mealie, owl, grocy] = await Promise.all(
      ['mealie-list', 'kitchenowl-export', 'grocy'].map((name) => json(`m-lists/${name}.json`)),
    );
    expect([mealie, owl, grocy].map((read) => [read!.id, read!.orders])).toEqual([
      ['mealie', []],
      ['kitchenowl', []],
      ['grocy', []],
    ]);
    expect(mealie!.carts).toEqual([
      {
        title: truth.mealie.list,
        lines: truth.mealie.items
          .toSorted((a, b) => Number(a.position) - Number(b.position))
          .map(({ text, quantity, unit, note, checked }) => ({ name: text, quantity, unit, note, isDone: checked })),
      },
    ]);
    expect([owl!.carts.length, owl!.carts[0]!.lines.length, owl!.charges]).toEqual([
      1,
      truth.kitchenowl.items,
      truth.kitchenowl.charges,
    ]);
    expect(JSON.stringify(owl)).not.toContain('marlow');
    const rows = grocy!.carts.flatMap(({ lines }) => lines);
    expect([grocy!.carts.length, rows.length, rows.filter(({ isDone }) => isDone).length]).toEqual([
      truth.grocy.lists,
      truth.grocy.rows,
      truth.grocy.done,
    ]);
    expect(rows.map(({ name }) => name)).toContain('something for Sunday');
  });
});

describe('files of other retailers that were written otherwise', () => {
  const csvOf = (rows: string[]) => told(open({ name: null, bytes: Buffer.from(rows.join('\n')) }));

  it('Instacart with other columns in another order says which were not understood', async () => {
    const read = await csvOf([
      'Retailer;Aisle;Item Name;Order ID;Qty;Order Date;Total',
      'Corner Shop;7;Rye Bread;290000000000001;2;04/03/2026;$12.50',
    ]);
    expect(read.id).toBe('instacart');
    expect(read.questions).toEqual([{ code: 'columns_unknown', text: expect.stringContaining('Aisle') as string }]);
    expect(read.orders).toMatchObject([
      { numberKey: '290000000000001', totalCents: 1250, orderedOn: '2026-04-03', storeName: 'Corner Shop' },
    ]);
  });

  it('Kroger weighs in pounds and pieces, and keeps what was asked before a coupon', async () => {
    const read = await csvOf([
      'UPC,Description,Extended Price,Quantity,Store,Date',
      '0000000004011,Bananas,$1.37,2.32 lbs x $0.59/each,Kroger Elm,3/9/2026',
      '0001111060903,Milk,$2.49,1 x $3.49/each,Kroger Elm,3/9/2026',
    ]);
    expect(read.orders).toHaveLength(1);
    expect(read.orders[0]!.lines).toMatchObject([
      { quantity: 1, measure: { value: 2.32, unit: 'lb' }, unitCents: 59, lineCents: 137, wasCents: null },
      { quantity: 1, measure: null, unitCents: 349, lineCents: 249, wasCents: 349 },
    ]);
  });

  it('Amazon in French and Spanish, with semicolons and a cancelled order', async () => {
    const [french, spanish] = await Promise.all([
      csvOf([
        "Numéro de commande;Date de commande;Montant total;Devise;Économies totales;Statut;Titre de l'article;ASIN de l'article;Quantité;Prix de l'article",
        '406-1111111-2222222;7 août 2025;1 234,50;EUR;;Annulée;Farine;B0AAAAAAAA;2;617,25',
      ]),
      csvOf([
        'ID de pedido;Fecha de pedido;Importe total;Moneda;Estado;Título del artículo;ASIN del artículo;Cantidad;Precio del artículo',
        '406-3333333-4444444;03/02/2025;1.099,00;EUR;Entregado;Aceite;B0BBBBBBBB;1;1.099,00',
      ]),
    ]);
    expect(french.orders).toMatchObject([
      {
        orderedOn: '2025-08-07',
        totalCents: 123450,
        lines: [{ state: 'cancelled', quantity: 0, orderedQuantity: 2, lineCents: 0, listedCents: 123450 }],
      },
    ]);
    expect(spanish.orders).toMatchObject([
      { orderedOn: '2025-02-03', totalCents: 109900, lines: [{ lineCents: 109900, state: null }] },
    ]);
  });

  it('a refund without its order is evidence, and none that was not paid', async () => {
    const read = await csvOf([
      'Order ID,Reversal ID,Refund Date,Currency,Amount Refunded,Status,Reversal Reason',
      '114-0000000-0000001,r1,2025-07-30T10:00:00Z,USD,3.00,Completed,Customer Return',
      '114-0000000-0000001,r1,2025-07-30T10:00:00Z,USD,3.00,Completed,Customer Return',
      '114-0000000-0000002,r2,2025-07-30T10:00:00Z,USD,4.00,Pending,Customer Return',
    ]);
    expect(read.orders).toMatchObject([
      { numberKey: '11400000000000001', isEvidence: true, refundCents: 300, lines: [] },
    ]);
  });

  it('a list without amounts, products or names is no cart line', async () => {
    const grocy = {
      shopping_list: [
        { product_id: 9, amount: 1 },
        { note: 'x', amount: '2' },
      ],
      products: [],
    };
    const read = await told({ name: null, kind: 'json', value: grocy });
    expect(read.carts).toEqual([
      { title: 'grocy 1', lines: [{ name: 'x', quantity: 2, unit: null, note: null, isDone: false }] },
    ]);
    expect(read.skipped).toHaveLength(1);
  });
});
