import { ReadingThread } from '../../../../../test/support/reading-thread.js';
import { numbered } from '../../imports/numbered.js';
import type { Read } from '../read.js';
import { mergedAlone, productsOf, shown, shownAs } from './alone.conformance.js';
import { expectedOf, sampleFiles, sampleTruth, type ExpectedOrder } from './sample.conformance.js';

/** Every format of the truth: where its files are, and where what it shows is not what the truth says word by word. */
interface Row {
  format: string;
  folder?: string;
  /** Of the folder's files. */
  files?: RegExp;
  /** By which of the formats here it is read. */
  by: string;
  /** Its names are: two of them may be one. */
  areCut?: boolean;
  /** Where what cannot be read is. */
  skipped?: string[];
  as?: (expected: ExpectedOrder) => ExpectedOrder;
}

/** No item of the truth has a price here, so none that was not charged shows one either. */
const withoutPrices = (order: ExpectedOrder): ExpectedOrder => ({
  ...order,
  lines: order.lines.map((line) =>
    Object.fromEntries(Object.entries(line).filter(([field]) => field !== 'listedCents')),
  ),
});

type Line = ExpectedOrder['lines'][number];
const ofLines = (order: ExpectedOrder, change: (line: Line) => Line): ExpectedOrder => ({
  ...order,
  lines: order.lines.map(change),
});

/** A mail says nothing of a tip that nobody gave, unless it says that nothing was charged at all. */
const asMailed = (order: ExpectedOrder): ExpectedOrder => ({
  ...order,
  tipCents: order.tipCents === 0 && order.totalCents !== 0 ? null : order.tipCents,
});

/** A printed name is cut at its column's end, and lacks the letters that its font lacks. */
const asPrinted = (order: ExpectedOrder): ExpectedOrder =>
  ofLines(order, (line) => ({ ...line, name: printedName(String(line.name)) }));
const WIDEST_NAME = 62;
const printedName = (name: string): string => {
  const printable = name
    .replaceAll(/[^\t-\u00ff…’‘“”–]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return printable.length > WIDEST_NAME ? `${printable.slice(0, WIDEST_NAME - 1).trim()}…` : printable;
};

/** A till prints its wall's time without a zone, taxes without what was taxed, and for weighed goods the number of their kind. */
const asTillPrints = (order: ExpectedOrder): ExpectedOrder => ({
  ...ofLines(order, ({ upc, ...line }) => (line.measure === null ? { ...line, upc } : line)),
  orderedAt: null,
  taxLines: (order.taxLines as Line[]).map(({ label, ratePercent, cents }) => ({ label, ratePercent, cents })),
});

/** As a till's, and one shop names no ids of what it sold. */
const asLookedUp = (order: ExpectedOrder): ExpectedOrder => ({
  ...ofLines(order, (line) => (order.storeNumber === '9138' ? { ...line, usItemId: null } : line)),
  orderedAt: null,
});

/** The list shows no name longer than 60. */
const withCutNames = (order: ExpectedOrder): ExpectedOrder =>
  ofLines(order, (line) => {
    const name = String(line.name);
    return { ...line, name: name.length > 60 ? `${name.slice(0, 57)}…` : name };
  });

/** The truth knows the ids of what was bought there; the answers do not tell them. */
const withoutIdsInOneShop = (order: ExpectedOrder): ExpectedOrder =>
  ofLines(order, (line) =>
    order.channel === 'store' && order.storeNumber === '9138' ? { ...line, usItemId: null, offerId: null } : line,
  );

/** Ledgers are recorded of some orders alone: what they tell is compared apart. */
const withoutCharges = (order: ExpectedOrder): ExpectedOrder => {
  const { charges: _, ...rest } = withoutIdsInOneShop(order);
  return rest as ExpectedOrder;
};

/** Of one charge the truth knows by which means it was; no ledger tells that. */
const withoutMeans = (charges: unknown) =>
  (charges as { on: string; cents: number }[]).map(({ on, cents }) => ({ on, cents }));

const ROWS: readonly Row[] = [
  { format: 'a1-csv-pair', by: 'walmart-csv' },
  { format: 'a1-csv-pair-early', by: 'walmart-csv' },
  { format: 'a1-summary', by: 'walmart-csv', as: withoutPrices },
  { format: 'a2-detailed', by: 'walmart-csv' },
  { format: 'a3-har-script', by: 'walmart-csv' },
  { format: 'a5-no-header', by: 'walmart-csv' },
  { format: 'b-xlsx', files: /^Walmart_Orders\.xlsx$/, by: 'walmart-xlsx' },
  { format: 'b-xlsx-invoice', folder: 'b-xlsx', files: /^Order_Invoice/, by: 'walmart-xlsx' },
  { format: 'b-xlsx-old', folder: 'b-xlsx', files: /old_layout/, by: 'walmart-xlsx' },
  { format: 'c-json', by: 'walmart-export' },
  { format: 'd-page', by: 'walmart-page', as: withoutIdsInOneShop },
  { format: 'd-graphql', by: 'walmart-page', as: withoutIdsInOneShop },
  { format: 'e-har', by: 'walmart-har', as: withoutCharges, skipped: ['entry 8', 'entry 9'] },
  { format: 'd-list', files: /^purchase-history/, by: 'walmart-list', as: withCutNames, areCut: true },
  { format: 'f-mail', by: 'walmart-mail', as: asMailed },
  { format: 'g-pdf', by: 'walmart-pdf', as: asPrinted },
  { format: 'h-receipt-text', by: 'receipt-text', as: asTillPrints },
  { format: 'i-lookup', by: 'walmart-lookup', as: asLookedUp },
];

/** Compared below by what is theirs alone. */
const APART = ['a1-accounting', 'a4-pipe', 'd-ledger'];

describe('the sample household', () => {
  let thread: ReadingThread;
  beforeAll(() => void (thread = ReadingThread.start()));
  afterAll(() => thread.close());

  async function readOf({ format, folder = format, files = /./ }: Omit<Row, 'by'>): Promise<Read> {
    const read = await thread.read(sampleFiles(`household/${folder}`).filter(({ name }) => files.test(name)));
    if ('refused' in read) throw new Error(read.refused);
    return read;
  }
  const namesIn = (orders: readonly ExpectedOrder[]) =>
    new Set(orders.flatMap(({ lines }) => lines.map(({ name }) => String(name)))).size;
  const countsOf = (format: string) => sampleTruth().formats[format]!.counts;

  it.each(ROWS)('is read from $format alone to what the truth says is knowable', async (row) => {
    const read = await readOf(row);
    expect(read.format).toBe(row.by);
    const orders = mergedAlone(read.orders);
    const expected = expectedOf(row.format).map(row.as ?? ((order) => order));
    for (const order of expected) {
      const actual = orders.find(({ numberKey }) => numberKey === order.numberKey);
      expect(shownAs(order, actual)).toEqual(shown(order));
    }
    expect({
      orders: orders.length,
      lines: orders.flatMap(({ lines }) => lines).length,
      products: productsOf(orders),
    }).toEqual({ ...countsOf(row.format), ...(row.areCut && { products: namesIn(expected) }) });
    expect(read.skipped.map(({ where }) => where)).toEqual(row.skipped ?? []);
  });

  it('gives no order for exports of bookkeeping, and the day and the total of each order as evidence', async () => {
    const read = await readOf({ format: 'a1-accounting' });
    expect(mergedAlone(read.orders)).toEqual([]);
    const told = read.orders.map(({ numberKey, orderedOn, totalCents }) => ({ numberKey, orderedOn, totalCents }));
    for (const { numberKey, orderedOn, totalCents } of expectedOf('a1-accounting')) {
      // Once in each of the two books.
      const charge = { numberKey, orderedOn, totalCents };
      expect(told.filter((one) => one.numberKey === numberKey)).toEqual([charge, charge]);
    }
  });

  it('gives no order for ledgers, and what was charged for each as evidence, refunds below 0', async () => {
    const read = await readOf({ format: 'd-ledger' });
    expect(mergedAlone(read.orders)).toEqual([]);
    const told = new Map(read.orders.map(({ numberKey, charges }) => [numberKey, charges]));
    // Of purchases in shops they are empty, so what was charged is not known.
    for (const { numberKey, charges } of expectedOf('d-ledger'))
      expect([numberKey, told.get(numberKey) ?? []]).toEqual([numberKey, withoutMeans(charges)]);
  });

  it('tells of the ledgers that were recorded what was charged', async () => {
    const { orders } = await readOf({ format: 'e-har' });
    const charged = orders.filter(({ charges }) => charges !== null);
    const expected = new Map(expectedOf('e-har').map(({ numberKey, charges }) => [numberKey, withoutMeans(charges)]));
    expect(charged.length).toBeGreaterThan(10);
    for (const { numberKey, charges } of charged) expect(charges).toEqual(expected.get(numberKey!));
  });

  it('gives a candidate for each day, which asks, from rows that name no order', async () => {
    const read = await readOf({ format: 'a4-pipe' });
    expect(read.orders.every(({ numberKey, isWholeDay }) => numberKey === null && !isWholeDay)).toBe(true);
    expect(numbered(read.orders, 'ask').every(({ isEvidence }) => isEvidence)).toBe(true);
    const lines = (orders: readonly { orderedOn?: unknown; lines: readonly object[] }[]) =>
      orders
        .flatMap((order) =>
          order.lines.map((line) => {
            const { name, lineCents } = line as { name: string; lineCents: number };
            return `${String(order.orderedOn)} ${name} ${lineCents}`;
          }),
        )
        .toSorted();
    const expected = expectedOf('a4-pipe');
    expect(lines(read.orders)).toEqual(lines(expected));
    expect(read.orders).toHaveLength(new Set(expected.map(({ orderedOn }) => orderedOn)).size);
  });

  it('has no format that is held against nothing', () => {
    const held = [...ROWS.map(({ format }) => format), ...APART];
    expect(Object.keys(sampleTruth().formats).filter((format) => !held.includes(format))).toEqual([]);
  });
});
