import { zipSync } from 'fflate';
import { sheetXml, workbook } from '../../../../test/support/workbook.js';
import { read, type Read } from './read.js';
import type { Refusal } from './reading.js';

/** What a file says and nobody can keep is told with its place, and never dropped without a word. */
const HEADER = 'Order Number,Order Date,Item Name,Quantity,Price,Order Total';
const of = (bytes: Uint8Array | string): Promise<Read | Refusal> => read([{ name: null, bytes: Buffer.from(bytes) }]);
const csv = (...rows: string[]): Promise<Read | Refusal> => of([HEADER, ...rows].join('\n'));
async function readOf(answer: Promise<Read | Refusal>): Promise<Read> {
  const found = await answer;
  if ('refused' in found) throw new Error(found.refused);
  return found;
}
const asked = ({ questions }: Read, code: string) => questions.find((question) => question.code === code)?.text;

describe('two things that a file tells of one order', () => {
  it('are asked about with the places of both', async () => {
    const found = await readOf(
      csv(
        '100000000000003,2026-01-02,Milk,1,3.50,3.50',
        '100000000000003,2026-02-09,Bread,1,9.99,9.99',
        '100000000000003,2026-02-09,Tea,1,2.00,9.99',
      ),
    );
    expect(found.orders).toMatchObject([{ orderedOn: '2026-01-02', totalCents: 350 }]);
    const questions = found.questions.filter(({ code }) => code === 'orders_differ');
    const order = { retailer: 'walmart', number: '100000000000003' };
    expect(questions).toMatchObject([
      {
        text: expect.stringContaining('total is 3.50 (row 2) and 9.99 (row 3)'),
        about: { ...order, field: 'totalCents' },
        choices: [{ value: 350 }, { value: 999 }],
        answer: null,
      },
      {
        about: { ...order, field: 'orderedOn' },
        choices: [{ label: '2026-01-02 (row 2)' }, { label: '2026-02-09 (row 3)' }],
      },
    ]);
  });

  it('are asked about with the file, and its part, where several have their name', async () => {
    const row = (day: string) => `${HEADER}\n100000000000003,${day},Milk,1,3.50,3.50`;
    const zip = zipSync({
      'x/a.csv': Buffer.from(row('2026-01-02')),
      'y/b.csv': Buffer.from(row('2026-02-09')),
      'c.json': Buffer.from('[{"orderNumber":"100000000000004","orderDate":"2026-01-02","items":[{"name":"Tea"}]}]'),
      'd.bin': Buffer.from([0, 1, 2, 3]),
      '.DS_Store': Buffer.from([0, 0, 1]),
    });
    const found = await readOf(read([{ name: 'all.zip', bytes: zip }]));
    expect(asked(found, 'orders_differ')).toContain(
      '2026-01-02 (file a.csv, row 2 of all.zip) and 2026-02-09 (file b.csv, row 2 of all.zip)',
    );
    expect(found.orders.map(({ file }) => file)).toEqual(['all.zip', 'c.json in all.zip']);
    expect(found.skipped).toEqual([
      { where: 'd.bin', reason: expect.stringContaining('neither text nor a document') as string },
    ]);
    const alone = await readOf(
      read([{ name: 'a.csv', bytes: Buffer.from(`${row('2026-01-02')}\n100000000000003,2026-02-09,Tea,1,1.00,3.50`) }]),
    );
    expect(asked(alone, 'orders_differ')).toContain('2026-01-02 (row 2 of a.csv) and 2026-02-09 (row 3 of a.csv)');
    const bytes = Buffer.from(row('2026-01-02'));
    const nameless = await readOf(read([{ name: null, bytes }], null, null, 'imp_1'));
    expect(nameless.orders.map(({ file }) => file)).toEqual(['file 1 of imp_1']);
  });

  it('are asked about whoever wrote the file', async () => {
    const kroger = await readOf(
      of(
        'Receipt ID,Date,Store,UPC,Description,Quantity,Extended Price\n700500100123,2026-01-02,Mariemont,1111,Milk,1,3.50\n700500100123,2026-02-09,Mariemont,2222,Bread,1,9.99',
      ),
    );
    expect(kroger.orders).toMatchObject([{ orderedOn: '2026-01-02', lines: [{ name: 'Milk' }, { name: 'Bread' }] }]);
    expect(asked(kroger, 'orders_differ')).toContain('ordered on is 2026-01-02 (row 2) and 2026-02-09 (row 3)');
  });

  it('are none where rows tell the same, or only one of them tells', async () => {
    const found = await readOf(
      csv('100000000000003,2026-01-02,Milk,1,3.50,', '100000000000003,2026-01-02,Bread,1,9.99,13.49'),
    );
    expect([found.questions, found.skipped]).toEqual([[], []]);
  });
});

describe('lines that cost more than their order', () => {
  it('are asked about, and others are not', async () => {
    const row = (number: number) => `10000000000000${number},2026-01-02,Milk,1,3.50,3.50`;
    const found = await readOf(csv(row(3), row(3), row(4)));
    expect(found.questions).toEqual([
      {
        code: 'lines_over_total',
        text: 'The lines of these orders cost more than the whole order: 100000000000003 (700 of 350 cents).',
      },
    ]);
  });
});

describe('a quote that is not closed in its row', () => {
  const refused = { refused: expect.stringMatching(/row 2 is closed in a later row/) as string };

  it.each([
    ['in every row', ['"unclosed', '"unclosed', '"unclosed', '"unclosed']],
    ['before rows without one', ['"pan', 'Milk', 'Tea', 'Rice', '12"']],
    ['before a cell that has its own', ['"a', '"a, b"', 'Milk', 'Tea']],
  ])('refuses the file %s', async (_what, names) => {
    expect(await csv(...names.map((name) => `100000000000026,2026-01-02,${name},1,3.50,3.50`))).toEqual(refused);
  });

  it('is none where a cell has line breaks, delimiters and quotes of its own', async () => {
    const found = await readOf(
      csv(
        '100000000000026,2026-01-02,"Milk, whole,\n1 gallon, fresh, cold, good",1,3.50,7.00',
        '100000000000026,2026-01-02,"""Best"" tea,\nloose",1,3.50,7.00',
        '100000000000026,2026-01-02,12" pan,1,3.50,7.00',
      ),
    );
    expect(found.orders[0]!.lines.map(({ name }) => name)).toEqual([
      'Milk, whole, 1 gallon, fresh, cold, good',
      '"Best" tea, loose',
      '12" pan',
    ]);
  });
});

describe('a file in two encodings', () => {
  it('has no name of wrong letters, and the lines are told', async () => {
    const rows = [HEADER, '100000000000003,2026-01-02,Crème,1,3.50,7.00', ''].join('\n');
    const found = await readOf(
      of(Buffer.concat([Buffer.from(rows), Buffer.from('100000000000003,2026-01-02,Pâté,1,3.50,7.00', 'latin1')])),
    );
    expect(found.orders[0]!.lines.map(({ name }) => name)).toEqual(['Crème', 'Pâté']);
    expect(asked(found, 'encoding_mixed')).toMatch(/windows-1252: 3\./);
  });
});

describe('money that is no amount', () => {
  const order = (total: string) =>
    `[{"orderNumber":"200013100000001","orderDate":"2026-01-02","orderTotal":${total},"items":[{"productName":"Milk","quantity":1,"price":3.5,"productLink":"https://www.walmart.com/ip/1234567"}]}]`;

  it.each(['1e400', '"a lot"', '99999999999'])('is told of an order in JSON as of an item: %s', async (total) => {
    const found = await readOf(of(order(total)));
    expect(found.orders).toMatchObject([{ totalCents: null, lines: [{ lineCents: 350 }] }]);
    expect(found.skipped).toEqual([{ where: 'order 1', reason: 'Its totalCents is no amount, and was left out.' }]);
  });

  it('is told of a row', async () => {
    const found = await readOf(
      csv('100000000000003,2026-01-02,Milk,1,3.50,about 4', '100000000000004,2026-01-02,Tea,1,2.00,-'),
    );
    expect(found.skipped).toEqual([{ where: 'row 2', reason: 'Its totalCents is no amount, and was left out.' }]);
  });

  it('is told with its place where a number of JSON has no end', async () => {
    const found = await readOf(of(order('"4.00"').replace('3.5', '1e400')));
    expect(asked(found, 'number_too_large')).toContain('/0/items/0/price');
  });
});

describe('a file in which nothing is found', () => {
  it('says so where nothing else is said', async () => {
    expect(asked(await readOf(csv()), 'nothing_found')).toBe(
      'In the file no order, list or charge was found; it was read as walmart-csv.',
    );
    const both = await readOf(
      read(
        [HEADER, `${HEADER}\n100000000000003,2026-01-02,Milk,1,3.50,3.50`].map((text) => ({
          name: null,
          bytes: Buffer.from(text),
        })),
      ),
    );
    expect(asked(both, 'nothing_found')).toContain('In file 1 no order');
  });

  it('is refused, or said of, as a workbook of one text in every row', async () => {
    const bytes = workbook({ One: sheetXml(Array.from({ length: 50 }, () => ['Milk'])) });
    const found = await of(bytes);
    expect('refused' in found ? [found.refused] : found.questions).not.toEqual([]);
  });
});

it('marks that turn directions are in no name', async () => {
  const found = await readOf(csv('100000000000003,2026-01-02,Mi\u202elk \u2066fresh\u2069,1,3.50,3.50'));
  expect(found.orders[0]!.lines[0]!.name).toBe('Milk fresh');
});

describe('a price', () => {
  const lines = ({ orders }: Read) => orders.flatMap((order) => order.lines.map(({ lineCents }) => lineCents));
  const read3 = (header: string, ...rows: string[]) => readOf(of([header, ...rows].join('\n')));

  it('is of one piece beside a column that says it is of the line', async () => {
    const found = await read3(
      'Order Number,Order Date,Product Name,Quantity,Item Price,Line Total,Order Total',
      '100000000000003,2026-01-02,Cheddar,2,2.50,5.00,9.00',
      '100000000000003,2026-01-02,Butter,1,4.00,4.00,9.00',
    );
    expect([lines(found), found.questions]).toEqual([[500, 400], []]);
    expect(found.orders[0]!.lines[0]).toMatchObject({ unitCents: 250, quantity: 2 });
  });

  it.each(['Item Price', 'Price', 'Preis'])(
    'named "%s" is of one piece where the order comes to its total so',
    async (price) => {
      const rows = ['100000000000003,2026-01-02,Cheddar,2,2.50,9.00', '100000000000003,2026-01-02,Butter,1,4.00,9.00'];
      const found = await read3(`Order Number,Order Date,Product Name,Quantity,${price},Order Total`, ...rows);
      expect([lines(found), found.questions]).toEqual([[500, 400], []]);
    },
  );

  it('is of the line where the order comes to its total so', async () => {
    const rows = ['100000000000003,2026-01-02,Cheddar,2,5.00,9.00', '100000000000003,2026-01-02,Butter,1,4.00,9.00'];
    const found = await read3('Order Number,Order Date,Product Name,Quantity,Price,Order Total', ...rows);
    expect(lines(found)).toEqual([500, 400]);
  });

  it('stands beside a total that is of the row, where it is quantity times price', async () => {
    const rows = ['2026-01-02;100000000000003;Cheddar;2;2,50;5,00', '2026-01-02;100000000000003;Butter;1;4,00;4,00'];
    const found = await read3('Date;Order no;Item;Qty;Price each;Total', ...rows);
    expect([lines(found), found.orders[0]!.totalCents]).toEqual([[500, 400], null]);
  });

  it('has thousands where points stand before three digits alone', async () => {
    const found = await read3(
      'Order Number;Order Date;Product Name;Quantity;Line Total;Order Total',
      '100000000000003;2026-01-02;Sofa;1;1.234;1.234',
    );
    expect([lines(found), found.orders[0]!.totalCents]).toEqual([[123_400], 123_400]);
  });

  it('that is none is told, of one piece or of the line', async () => {
    const found = await read3(
      'Order Number,Order Date,Product Name,Quantity,Unit Price',
      '100000000000003,2026-01-02,Cheddar,2,abc',
    );
    expect(found.skipped).toEqual([{ where: 'row 2', reason: 'Its price is not understood.' }]);
  });
});

describe('a cancelled item', () => {
  const header = 'Order Number,Order Date,Product Name,Quantity,Price,Order Total,Status';
  const states = ({ orders }: Read) => orders.map(({ status, lines }) => [status, lines.map(({ state }) => state)]);

  it('is one beside the money of orders, and the order is when all of it is', async () => {
    const mixed = await readOf(
      of(
        [
          header,
          '100000000000003,2026-01-02,Tea,1,3.00,3.00,Delivered',
          '100000000000003,2026-01-02,Jam,1,4.00,3.00,Cancelled',
        ].join('\n'),
      ),
    );
    expect(states(mixed)).toEqual([[null, [null, 'cancelled']]]);
    const all = await readOf(of([header, '100000000000003,2026-01-02,Tea,1,3.00,3.00,Cancelled'].join('\n')));
    expect(states(all)).toEqual([['cancelled', ['cancelled']]]);
  });
});

describe('a line that costs another amount than its quantity at its price', () => {
  const HEAD = 'Order Number,Order Date,Item Name,Quantity,Unit Price,Line Total';
  const rows = (...all: string[]) =>
    readOf(of([HEAD, ...all.map((row) => `100000000000003,2026-01-02,${row}`)].join('\n')));

  it('is asked about with what it should be', async () => {
    const text = asked(await rows('Milk,2,2.00,9.00', 'Tea,1,3.00,3.00', 'Rice,4,5.00,1.00'), 'line_not_product');
    expect(text).toContain('Milk of 100000000000003 (2 × 2.00, 9.00); Rice of 100000000000003 (4 × 5.00, 1.00)');
    expect(text).not.toContain('Tea');
  });

  it('is none where a deal, a deposit or a weight tells why', async () => {
    const found = await rows('Soda,2,2.99,5.00', 'Cola,1,2.00,2.05', 'Ham,1.5 lb,6.00,9.01');
    expect(asked(found, 'line_not_product')).toBeUndefined();
  });
});

describe('an order of a day that has not come', () => {
  it('is kept and asked about; tomorrow is today somewhere', async () => {
    const text = [
      HEADER,
      ...['02', '03', '04'].map((day, at) => `10000000000000${at},2026-01-${day},Milk,1,3.50,3.50`),
    ];
    const found = await readOf(read([{ name: null, bytes: Buffer.from(text.join('\n')) }], null, '2026-01-02'));
    expect(found.orders).toHaveLength(3);
    expect(asked(found, 'day_in_future')).toContain('so: 100000000000002 (2026-01-04).');
  });
});

describe('of several files the one that cannot be read', () => {
  it('is named', async () => {
    const good = { name: 'march.csv', bytes: Buffer.from(`${HEADER}\n100000000000003,2026-01-02,Milk,1,3.50,3.50`) };
    const bad = (name: string | null) => ({ name, bytes: Buffer.from('nothing of interest') });
    expect(await read([good, bad('april\u0000.txt')])).toMatchObject({
      refused: expect.stringMatching(/^File 2 of 2 \(april.?\.txt\): \S/),
    });
    expect(await read([bad(null), good])).toMatchObject({ refused: expect.stringMatching(/^File 1 of 2: \S/) });
    expect(await read([bad('april.txt')])).toMatchObject({ refused: expect.not.stringContaining('april') });
  });
});

describe('tables of other retailers', () => {
  it('are read all, where a ZIP has several', async () => {
    const receipt = (number: string) =>
      Buffer.from(
        `Receipt ID,Date,Store,UPC,Description,Quantity,Extended Price\n${number},2026-01-02,Elm,1111,Milk,1,3.50`,
      );
    const zip = zipSync({
      'a.csv': receipt('700500100123'),
      'b.csv': receipt('700500100124'),
      'c.csv': Buffer.from('x,y\n1,2'),
    });
    const found = await readOf(of(zip));
    expect(found.orders.map(({ numberKey }) => numberKey)).toEqual(['700500100123', '700500100124']);
    expect(found.skipped).toEqual([{ where: 'c.csv', reason: 'It tells of no order.' }]);
  });

  it('are of the shop that their numbers are of', async () => {
    const found = await readOf(of('order id,items,date,total\n203-1234567-1234567,Tea,2026-04-05,£5.00'));
    expect(found.orders).toMatchObject([
      { retailer: 'amazon', totalCents: 500, currency: 'GBP', linesAre: 'unknown', lines: [] },
    ]);
    expect(asked(found, 'columns_unknown')).toContain('items');
  });
});

describe('a column of units', () => {
  const table = (...rows: string[]) =>
    of(
      ['Order Number,Order Date,Item Name,Quantity,Unit,Price', ...rows]
        .map((row, at) => (at ? `100000000000003,2026-01-02,${row}` : row))
        .join('\n'),
    );

  it('says what is weighed', async () => {
    const { orders, questions } = await readOf(table('Apples,1.24,kg,4.61', 'Milk,2,ea,6.00'));
    expect(orders[0]!.lines).toMatchObject([
      { quantity: 1, measure: { value: 1.24, unit: 'kg' }, lineCents: 461 },
      { quantity: 2, measure: null, lineCents: 600 },
    ]);
    expect(questions).toEqual([]);
  });

  it('is of what one costs where it holds amounts', async () => {
    const { orders } = await readOf(table('Apples,2,1.50,3.00', 'Milk,2,3.00,6.00'));
    expect(orders[0]!.lines).toMatchObject([{ unitCents: 150, lineCents: 300 }, { unitCents: 300 }]);
  });
});
