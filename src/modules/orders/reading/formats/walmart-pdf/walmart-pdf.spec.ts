import { pdf } from '../../../../../../test/support/pdf.js';
import { ReadingThread } from '../../../../../../test/support/reading-thread.js';
import { isBeginningOf } from '../../names.js';
import type { Read } from '../../read.js';
import type { Skipped } from '../../reading.js';
import { expectedOf, onSample, sampleFiles } from '../sample.conformance.js';
import { rowsOf } from './grid.js';
import type { Piece } from './pieces.js';
import { ordersOf } from './receipt.js';

describe('receipts as PDF', () => {
  let thread: ReadingThread;
  beforeAll(() => void (thread = ReadingThread.start()));
  afterAll(() => thread.close());

  onSample('are read to what the truth of the sample household says is knowable', async () => {
    const read = (await thread.read(sampleFiles('household/g-pdf'))) as Read;
    expect([read.format, read.orders.length, read.skipped]).toEqual(['walmart-pdf', 25, []]);
    let cut = 0;
    for (const { lines, ...facts } of expectedOf('g-pdf')) {
      const order = read.orders.find(({ numberKey }) => numberKey === facts.numberKey)!;
      expect(order).toMatchObject(facts);
      expect(order.lines).toHaveLength(lines.length);
      for (const [at, want] of lines.entries()) {
        const { name, ...known } = want;
        const line = order.lines[at]!;
        expect(line).toMatchObject(known);
        const printed = String(name)
          .replaceAll(/[^\t-\u00ff…’‘“”–]/g, '')
          .replaceAll(/\s+/g, ' ')
          .trim();
        if (line.isCut) cut++;
        expect([printed, line.isCut ? isBeginningOf(line.name!, printed) : line.name]).toEqual([
          printed,
          line.isCut ? true : printed,
        ]);
      }
    }
    expect(cut).toBe(5);
  });

  onSample('that are cut off, or inflate to 40 MB, are refused with a sentence', async () => {
    for (const name of ['pdf-flate-bomb-40mb.pdf', 'pdf-truncated.pdf']) {
      const file = sampleFiles('hostile').find((one) => one.name === name)!;
      expect(await thread.read([file])).toEqual({ refused: expect.stringMatching(/^The PDF .+\.$/) });
    }
  });

  /** A page of rows, each `[x, text]…`, amounts by their right edge. */
  const page = (...rows: ([number, string] | [number, string, 'right'])[][]): Piece[] =>
    rows.flatMap((row, at) =>
      row.map(([x, text, isRight]) => {
        const width = text.length * 5;
        return {
          page: 1,
          text,
          y: 700 - at * 16,
          height: 10,
          x: isRight ? x - width : x,
          right: isRight ? x : x + width,
        };
      }),
    );
  const read = (pieces: Piece[]) => {
    const skipped: Skipped[] = [];
    return { orders: ordersOf(rowsOf(pieces), skipped), skipped };
  };
  const EXPECTED = {
    numberKey: '200013100000042',
    orderedOn: '2025-07-01',
    subtotalCents: 796,
    taxCents: 40,
    tipCents: 200,
    totalCents: 1036,
    lines: [
      { name: 'Oat Milk, 64 fl oz', quantity: 2, lineCents: 796, state: 'bought' },
      { name: 'Rye Bread', quantity: 0, orderedQuantity: 1, lineCents: 0, listedCents: 310, state: 'unavailable' },
    ],
  };
  const totals: [number, string][][] = [
    [
      [200, 'Subtotal'],
      [300, '$7.96'],
    ],
    [
      [200, 'Tax'],
      [300, '$0.40'],
    ],
    [
      [200, 'Driver tip'],
      [300, '$2.00'],
    ],
    [
      [200, 'Total'],
      [300, '$10.36'],
    ],
  ];

  it('of another width, with the columns in another order, are read by the words over them', () => {
    const { orders } = read(
      page(
        [[20, 'Walmart Order #200013100000042']],
        [[20, 'Jul 01, 2025']],
        [
          [20, 'Status'],
          [110, 'Qty'],
          [160, 'Item'],
          [420, 'Price', 'right'],
        ],
        [
          [20, 'Delivered'],
          [110, '2'],
          [160, 'Oat Milk, 64 fl oz'],
          [420, '$7.96', 'right'],
        ],
        [
          [20, 'Unavailable'],
          [110, '1'],
          [160, 'Rye Bread'],
          [420, '$3.10', 'right'],
        ],
        ...totals,
      ),
    );
    expect(orders).toMatchObject([EXPECTED]);
  });

  it('without a header are read by what stands in each row, names of two lines too', () => {
    const { orders } = read(
      page(
        [[20, 'Order# 2000131-00000042']],
        [[20, 'Order date: July 1, 2025']],
        [
          [20, 'Oat Milk,'],
          [150, 'Qty 2'],
          [200, '$7.96'],
        ],
        [[20, '64 fl oz']],
        [
          [20, 'Rye Bread'],
          [150, 'Qty 1'],
          [200, '$3.10'],
          [260, 'Unavailable'],
        ],
        ...totals,
      ),
    );
    expect(orders).toMatchObject([EXPECTED]);
  });

  it('of a till, printed as PDF, are read as its text is', async () => {
    const rows = [
      'WALMART',
      'ST# 9104 OP# 2 TE# 3 TR# 4',
      'OAT MILK 200001034961 F N|7.96',
      'SUBTOTAL|7.96',
      'TOTAL|7.96',
      'TC# 7406 8180 8632 3014 8115',
      '03/17/25 07:29:31',
    ];
    const texts = rows.flatMap((row, at) =>
      row.split('|').map((text, column): [number, number, string] => [54 + column * 300, 700 - at * 16, text]),
    );
    const read = (await thread.read([{ name: null, bytes: Buffer.from(pdf(texts)) }])) as Read;
    expect(read.orders).toMatchObject([
      {
        numberKey: '74068180863230148115',
        orderedOn: '2025-03-17',
        totalCents: 796,
        lines: [{ receiptName: 'OAT MILK', lineCents: 796 }],
      },
    ]);
  });

  it('of two orders in one file are two', () => {
    const one = (number: string) => page([[20, `Walmart Order #${number}`]], [[20, 'Jul 01, 2025']], ...totals);
    const second = one('200013100000043').map((piece) => ({ ...piece, page: 2 }));
    expect(read([...one('200013100000042'), ...second]).orders.map(({ numberKey }) => numberKey)).toEqual([
      '200013100000042',
      '200013100000043',
    ]);
  });

  it('say which items have no price that is one', () => {
    const { orders, skipped } = read(
      page(
        [[20, 'Walmart Order #200013100000042']],
        [
          [20, 'Item'],
          [200, 'Qty'],
          [300, 'Price'],
        ],
        [
          [20, 'Oat Milk'],
          [200, '2'],
          [300, 'n/a'],
        ],
        ...totals,
      ),
    );
    expect([orders[0]!.lines, skipped.length]).toEqual([[], 1]);
  });
});
