import { ReadingThread } from '../../../../test/support/reading-thread.js';
import { rankOf } from '../reading/formats/format-ids.js';
import { expectedOf, onSample, sampleFiles } from '../reading/formats/sample.conformance.js';
import type { SourcedOrder } from '../reading/read.js';
import { lineOf, orderOf, type ReadOrder } from '../reading/reading.js';
import { merge } from './merge.js';

const merged = (orders: readonly SourcedOrder[]) =>
  merge(orders.map((order, at) => ({ format: order.format, rank: rankOf(order.format), hash: String(at), order })));

describe('accounts of several formats', () => {
  let thread: ReadingThread;
  beforeAll(() => void (thread = ReadingThread.start()));
  afterAll(() => thread.close());

  const shown = (lines: readonly object[]) =>
    lines
      .map((line) => line as Record<string, unknown>)
      .map(({ state, quantity, lineCents }) => `${String(state)} ${String(quantity)} ${String(lineCents)}`)
      .toSorted();

  onSample.each([
    ['f-mail', 'g-pdf'],
    ['g-pdf', 'h-receipt-text', 'i-lookup'],
    ['a1-csv-pair', 'f-mail'],
    ['a2-detailed', 'g-pdf', 'f-mail'],
    ['i-lookup', 'f-mail', 'h-receipt-text', 'a3-har-script', 'g-pdf', 'a1-csv-pair', 'a2-detailed'],
  ])('come to the 25 orders of the sample household with their 229 lines: %s and %s …', async (...folders) => {
    const orders: SourcedOrder[] = [];
    for (const folder of folders) {
      for (const file of sampleFiles(`household/${folder}`)) {
        const read = await thread.read([file]);
        if ('orders' in read) orders.push(...read.orders);
      }
    }
    const wanted = expectedOf('a1-csv-pair');
    for (const want of wanted) {
      const order = merged(orders.filter(({ numberKey }) => numberKey === want.numberKey));
      expect([want.numberKey, shown(order!.lines)]).toEqual([want.numberKey, shown(want.lines)]);
      expect([want.numberKey, order!.totalCents]).toEqual([want.numberKey, want.totalCents]);
    }
    expect(new Set(orders.map(({ numberKey }) => numberKey)).size).toBe(wanted.length);
  });
});

describe('what changes an order later', () => {
  const milk = {
    name: 'Oat Milk',
    quantity: 2,
    orderedQuantity: 2,
    lineCents: 796,
    listedCents: 796,
    state: 'bought',
  } as const;
  const bread = {
    name: 'Rye Bread',
    quantity: 1,
    orderedQuantity: 1,
    lineCents: 310,
    listedCents: 310,
    state: 'bought',
  } as const;
  const base = { retailer: 'walmart', numberKey: '200013100000042' } as const;
  const told = (format: string, known: Partial<ReadOrder> & Pick<ReadOrder, 'linesAre'>): SourcedOrder => ({
    ...orderOf({ ...base, ...known }),
    format,
  });
  const ordered = told('walmart-mail', {
    linesAre: 'ordered',
    isEstimate: true,
    totalCents: 1106,
    asOf: '2025-07-01T10:00:00.000Z',
    lines: [lineOf(milk), lineOf(bread)],
  });
  const refund = (asOf: string) =>
    told('walmart-mail', {
      linesAre: 'changes',
      isEvidence: true,
      refundCents: 310,
      asOf,
      lines: [lineOf({ name: 'Rye Bread', state: 'returned' })],
    });

  it('is laid over what was told before it, in whatever order they come', () => {
    const later = refund('2025-07-05T10:00:00.000Z');
    const [one, other] = [merged([ordered, later]), merged([later, ordered])];
    expect(one!.lines.map(({ state }) => state)).toEqual(['bought', 'returned']);
    expect(other).toEqual(one);
  });

  it('counts for nothing against what was told later, or by a stronger format, and still fills what is null', () => {
    const early = merged([ordered, refund('2025-06-01T10:00:00.000Z')])!;
    expect(early.lines.map(({ state }) => state)).toEqual(['bought', 'bought']);
    const csv = told('walmart-csv', { linesAre: 'charged', totalCents: 1106, lines: [lineOf(milk), lineOf(bread)] });
    const strong = merged([csv, refund('2025-07-05T10:00:00.000Z')])!;
    expect([strong.refundCents, strong.lines.map(({ state }) => state)]).toEqual([310, ['bought', 'bought']]);
  });

  it('puts lines that are grouped by what became of them into the order in which they were ordered', () => {
    const delivered = told('walmart-mail', {
      linesAre: 'charged',
      totalCents: 900,
      asOf: '2025-07-02T10:00:00.000Z',
      lines: [
        lineOf({ name: 'Rye Bread', state: 'unavailable', quantity: 0, lineCents: 0 }),
        lineOf({ name: 'Spelt Bread', state: 'substituted', quantity: 1, lineCents: 104, substitutedFor: 1 }),
        lineOf({ ...milk, listedCents: 796 }),
      ],
    });
    const { lines } = merged([delivered, ordered])!;
    expect(lines.map(({ name, substitutedFor, listedCents }) => [name, substitutedFor, listedCents])).toEqual([
      ['Oat Milk', null, 796],
      ['Rye Bread', null, 310],
      ['Spelt Bread', 2, null],
    ]);
  });

  it('is no order by itself', () => {
    expect(merged([refund('2025-07-05T10:00:00.000Z')])).toBeNull();
  });
});
