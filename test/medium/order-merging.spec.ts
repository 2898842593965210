import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomOf } from '../../src/common/random.js';
import type { Database } from '../../src/platform/database/database.js';
import { filesAt, Histories, HOUSEHOLD, isHouseholdThere, type OrderRow } from '../support/histories.js';
import { createStores, migrated, rowsOf, type Stores } from '../support/stores.js';

const whenPresent = isHouseholdThere ? describe : describe.skip;
const SEEDS = [1, 2, 3, 4, 5, 6];

/** By the name of the truth: what lies where. */
const FORMATS: Readonly<Record<string, string>> = {
  'a1-csv-pair': 'a1-csv-pair',
  'a1-csv-pair-early': 'a1-csv-pair-early',
  'a1-summary': 'a1-summary',
  'a1-accounting': 'a1-accounting',
  'a2-detailed': 'a2-detailed',
  'a3-har-script': 'a3-har-script',
  'a4-pipe': 'a4-pipe',
  'a5-no-header': 'a5-no-header',
  'b-xlsx': 'b-xlsx/Walmart_Orders.xlsx',
  'b-xlsx-old': 'b-xlsx/Walmart_Orders_old_layout.xlsx',
  'c-json': 'c-json',
  'd-page': 'd-page',
  'd-graphql': 'd-graphql',
  'd-list': 'd-list',
  'd-ledger': 'd-ledger',
  'e-har': 'e-har',
  'f-mail': 'f-mail',
  'g-pdf': 'g-pdf',
  'h-receipt-text': 'h-receipt-text',
  'i-lookup': 'i-lookup',
};

interface TruthOrder extends Record<string, unknown> {
  id: string;
  lines: {
    name: string;
    state: string;
    lineCents: number;
    quantity: number;
    orderedQuantity: number;
    usItemId: string | null;
  }[];
}
interface Truth {
  merged: { orders: number; products: number; lines: number; stores: number };
  orders: TruthOrder[];
  formats: Record<string, { counts: { orders: number | null; lines: number; products: number } }>;
  mustNotStore: string[];
}

whenPresent('histories merged of many files, from ../shared/data/own/orders (skipped where it is absent)', () => {
  let stores: Stores;
  let database: Database;
  let histories: Histories;
  let truth: Truth;

  beforeAll(async () => {
    truth = JSON.parse(readFileSync(join(HOUSEHOLD, 'truth.json'), 'utf8')) as Truth;
    stores = await createStores();
    database = await migrated(stores);
    histories = new Histories(database);
  }, 60_000);
  afterAll(async () => {
    await histories?.close();
    await database?.close();
    await stores?.drop();
  });

  function shuffled<T>(items: readonly T[], seed: number): T[] {
    const random = randomOf(seed);
    return items
      .map((item) => ({ item, at: random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }
  const merged = () => {
    const { orders, lines, products, stores: shops } = truth.merged;
    return { orders, lines, products, stores: shops };
  };

  /** A list cuts names off at 60, and then two may be one. */
  const namesInList = (): number => {
    const ordered = truth.orders.flatMap((order) => order.lines).filter((line) => line.orderedQuantity > 0);
    return new Set(ordered.map(({ name }) => (name.length > 60 ? name.slice(0, 57) : name))).size;
  };

  it.each(Object.entries(FORMATS))(
    '%s alone gives the orders, lines and products that it knows of',
    async (name, path) => {
      const tenantId = await histories.tenant();
      const { counts } = await histories.send(tenantId, filesAt(path), 'accept');
      const known = truth.formats[name]!.counts;
      const { orders, lines, products } = await histories.figures(tenantId);
      const told = name === 'd-list' ? namesInList() : known.products;
      expect({ lines, products }).toEqual({ lines: known.lines, products: told });
      if (known.orders !== null) expect(orders).toBe(known.orders);
      expect(counts).toMatchObject({ new: orders, changed: 0, same: 0, lines });
      const before = await histories.print(tenantId);
      const again = await histories.send(tenantId, filesAt(path), 'accept');
      expect(again.counts).toMatchObject({ new: 0, changed: 0, same: orders, lines: 0 });
      expect(await histories.print(tenantId)).toBe(before);
    },
  );

  it('all of them in any order, some twice, are one history, and what it should be', async () => {
    const prints = new Set<string>();
    for (const seed of SEEDS) {
      const tenantId = await histories.tenant();
      const twice = shuffled(Object.values(FORMATS), seed + 100).slice(0, 4);
      for (const path of shuffled([...Object.values(FORMATS), ...twice], seed)) {
        const { counts } = await histories.send(tenantId, filesAt(path));
        // They are of one household, and no two of them differ in what a rule does not settle.
        expect(counts.differing).toEqual([]);
      }
      expect(await histories.figures(tenantId)).toEqual(merged());
      prints.add(await histories.print(tenantId));
      if (prints.size > 1) throw new Error(`seed ${seed} gives another history`);
      if (seed === SEEDS[0]) expectTrue(await histories.orders(tenantId));
    }
  }, 120_000);

  /** Each order as it was: its money, its lines with what became of them, and nothing that does not add up called reconciled. */
  function expectTrue(orders: readonly OrderRow[]): void {
    const byNumber = new Map(orders.map((order) => [order.number, order]));
    for (const order of truth.orders) {
      const { facts, lines } = byNumber.get(order.id)!;
      const money = ['totalCents', 'subtotalCents', 'refundCents', 'orderedOn', 'channel'];
      expect({ id: order.id, ...pick(facts, money) }).toEqual({ id: order.id, ...pick(order, money) });
      const shown = (all: readonly object[]) =>
        all.map((line) => JSON.stringify(pick(line, ['name', 'lineCents', 'quantity', 'state']))).toSorted();
      expect(shown(lines)).toEqual(shown(order.lines));
    }
  }
  const pick = (from: object, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, (from as Record<string, unknown>)[name] ?? null]));

  it.each([
    ['first', ['a1-csv-pair-early', 'a1-csv-pair']],
    ['last', ['a1-csv-pair', 'a1-csv-pair-early']],
  ])('an earlier export that comes %s brings no order, and takes no return back', async (_when, paths) => {
    const tenantId = await histories.tenant();
    const sent = [];
    for (const path of paths) sent.push((await histories.send(tenantId, filesAt(path))).counts);
    expect(sent[0]!.new + sent[1]!.new).toBe(25);
    expect(await histories.figures(tenantId)).toMatchObject({ orders: 25, lines: 229, products: 161 });
    const refunds = truth.orders.filter(({ refundCents }) => refundCents !== null).length;
    const known = await histories.orders(tenantId);
    expect(known.filter(({ facts }) => facts.refundCents !== null)).toHaveLength(refunds);
  });

  it('purchases without a number are asked about, wait, and go to the order that they are of when it comes', async () => {
    const tenantId = await histories.tenant();
    const { counts } = await histories.send(tenantId, filesAt('a4-pipe'));
    expect(counts).toMatchObject({ new: 0, evidence: 23 });
    expect(counts.waiting).toHaveLength(23);
    expect(await histories.figures(tenantId)).toMatchObject({ orders: 0, products: 0 });
    const { counts: then } = await histories.send(tenantId, filesAt('a1-csv-pair'));
    expect(then).toMatchObject({ new: 25, evidence: 0 });
    const { counts: again } = await histories.send(tenantId, filesAt('a4-pipe'));
    expect(again).toMatchObject({ new: 0, changed: 0, same: 23, waiting: [] });
  });

  it('purchases taken for orders of their own are none any more once their order comes, and are again when it goes', async () => {
    const tenantId = await histories.tenant();
    await histories.send(tenantId, filesAt('a4-pipe'), 'accept');
    const before = await histories.print(tenantId);
    expect(await histories.figures(tenantId)).toMatchObject({ orders: 23, lines: 219 });
    const { importId, counts } = await histories.send(tenantId, filesAt('a1-csv-pair'));
    expect(counts).toMatchObject({ new: 25 });
    expect(await histories.figures(tenantId)).toMatchObject({ orders: 25, lines: 229, products: 161 });
    await histories.undo(tenantId, importId);
    expect(await histories.figures(tenantId)).toMatchObject({ orders: 23, lines: 219 });
    expect(await histories.print(tenantId)).toBe(before);
  });

  it('a file of lines alone goes to the one order that holds just these, whichever comes first', async () => {
    const [file] = filesAt('a5-no-header');
    const nameless = { name: 'order.csv', bytes: file!.bytes };
    for (const isFirst of [true, false]) {
      const tenantId = await histories.tenant();
      if (isFirst) await histories.send(tenantId, [nameless]);
      await histories.send(tenantId, filesAt('a1-csv-pair'));
      const before = await histories.print(tenantId);
      const { counts } = await histories.send(tenantId, [nameless]);
      expect(counts).toMatchObject({ new: 0, changed: 0, same: 1, waiting: [] });
      expect(await histories.print(tenantId)).toBe(before);
    }
  });

  it('receipts of Kroger in three files are ten orders in any order, the unit prices of the table in them', async () => {
    const prints = new Set<string>();
    const paths = ['receipts.json', 'products.json', 'receipts.csv'].map((name) => `k-kroger/${name}`);
    for (const seed of SEEDS) {
      const tenantId = await histories.tenant();
      for (const path of shuffled(paths, seed)) await histories.send(tenantId, filesAt(path));
      expect(await histories.figures(tenantId)).toMatchObject({ orders: 10, lines: 56, products: 37 });
      prints.add(await histories.print(tenantId));
      const lines = (await histories.orders(tenantId)).flatMap((order) => order.lines);
      expect(lines.filter(({ unitCents }) => unitCents === null)).toEqual([]);
    }
    expect(prints.size).toBe(1);
  });

  it('keeps none of the words that must not be stored, in any table', async () => {
    const tables = ['orders', 'order_lines', 'order_sources', 'products', 'product_keys'];
    const texts = await rowsOf<{ text: string }>(
      stores.adminUrl,
      tables.map((table) => `SELECT t::text AS text FROM ${table} t`).join(' UNION ALL '),
    );
    expect(texts.length).toBeGreaterThan(1000);
    const all = texts.map(({ text }) => text).join('\n');
    expect(truth.mustNotStore.filter((word) => all.includes(word))).toEqual([]);
  });
});
