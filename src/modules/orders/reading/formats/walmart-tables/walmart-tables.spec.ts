import { sheetXml, workbook, type CellValue } from '../../../../../../test/support/workbook.js';
import { read, type Read } from '../../read.js';

/** Tables that no public exporter writes in just this way: read by what their columns mean. */
const csv = async (...lines: string[]): Promise<Read> => readOf(Buffer.from(lines.join('\r\n')), 'orders.csv');
const xlsx = async (sheets: Record<string, readonly (readonly CellValue[])[]>, name = 'orders.xlsx'): Promise<Read> =>
  readOf(workbook(Object.fromEntries(Object.entries(sheets).map(([sheet, rows]) => [sheet, sheetXml(rows)]))), name);

async function readOf(bytes: Uint8Array, name: string): Promise<Read> {
  const found = await read([{ name, bytes }]);
  if ('refused' in found) throw new Error(found.refused);
  return found;
}
const NUMBER = '200013100000042';
const one = ({ orders }: Read) => {
  expect(orders).toHaveLength(1);
  return orders[0]!;
};

describe('tables of orders', () => {
  it('may have their columns in any order, and say which of them were not understood', async () => {
    const found = await csv(
      'Price\tAisle\tQty\tItem\tOrder #\tDate',
      '3.50\tA7\t2\tApples\t2000131-00000042\t03/04/2025',
    );
    expect(one(found)).toMatchObject({
      numberKey: NUMBER,
      orderedOn: '2025-03-04',
      lines: [{ name: 'Apples', quantity: 2, lineCents: 350 }],
    });
    expect(found.questions).toEqual([{ code: 'columns_unknown', text: expect.stringMatching(/: Aisle\.$/) as string }]);
  });

  it.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['bars', '|'],
  ])('parted by %s, may write days and amounts as on the continent', async (_what, mark) => {
    const rows = [
      ['Bestellnummer', 'Bestelldatum', 'Artikel', 'Menge', 'Preis'],
      [NUMBER, '02.03.2025', 'Trüffel', '1', '1.234,56'],
      [NUMBER, '02.03.2025', 'Milch', '2', '3,98'],
      [NUMBER, '02.03.2025', 'Wagen', '1', '1.234'],
    ];
    const order = one(await csv(...rows.map((row) => row.join(mark))));
    expect(order.orderedOn).toBe('2025-03-02');
    expect(order.lines.map(({ lineCents }) => lineCents)).toEqual([123_456, 398, 123_400]);
  });

  it.each([
    ['2025-03-25', '2025-03-25'],
    ['2025/03/25', '2025-03-25'],
    ['20250325', '2025-03-25'],
    ['25.3.2025', '2025-03-25'],
    ['25/03/2025', '2025-03-25'],
    ['3/25/2025 2:05 PM', '2025-03-25'],
    ['2025-03-25 14:05:00', '2025-03-25'],
    ['"Tue, Mar 25, 2025"', '2025-03-25'],
    ['25 mars 2025', '2025-03-25'],
    ['25 de marzo de 2025', '2025-03-25'],
  ])('write the day as %s', async (day, expected) => {
    expect(one(await csv('Order ID,Order Date,Item,Total Price', `${NUMBER},${day},Rice,2.00`)).orderedOn).toBe(
      expected,
    );
  });

  it('of Canada have their taxes one by one, which together are the tax, and its currency', async () => {
    const found = await csv(
      'Numéro de commande;Date de commande;Article;Quantité;Prix;Sous-total;TPS (5 %);TVQ;Pourboire;Total',
      `${NUMBER};4 mars 2025;Sirop d’érable;1;9,99 $;9,99 $;0,50 $;1,00 $;2,00 $;13,49 $`,
    );
    expect(found.questions).toEqual([]);
    expect(one(found)).toMatchObject({
      currency: 'CAD',
      subtotalCents: 999,
      taxCents: 150,
      taxLines: [
        { label: 'TPS', ratePercent: 5, cents: 50 },
        { label: 'TVQ', ratePercent: null, cents: 100 },
      ],
      tipCents: 200,
      totalCents: 1349,
    });
    const hst = one(
      await csv('Order Number,Order Date,Item,Qty,Price,HST,Tax', `${NUMBER},2025-04-05,Tea,1,CA$9.99,1.30,1.30`),
    );
    expect(hst).toMatchObject({ currency: 'CAD', taxCents: 130, taxLines: [{ label: 'HST', cents: 130 }] });
  });

  it('say what one costs, what so many cost, or both', async () => {
    const both = await csv(
      'Order Number,Order Date,Product,Qty,Unit Price,Line Total',
      `${NUMBER},2025-05-01,Yogurt,3,1.25,3.50`,
    );
    expect(one(both).lines).toMatchObject([{ quantity: 3, unitCents: 125, lineCents: 350 }]);
    const each = await csv('Order Number,Order Date,Product,Qty,Unit Price', `${NUMBER},2025-05-01,Yogurt,3,1.25`);
    expect(one(each).lines).toMatchObject([{ quantity: 3, unitCents: 125, lineCents: 375 }]);
    const neither = await csv('Order Number,Order Date,Product,Qty', `${NUMBER},2025-05-01,Yogurt,3`);
    expect(one(neither).lines).toMatchObject([{ quantity: 3, unitCents: null, lineCents: null }]);
  });

  it('say how much or how many in words, and of which product', async () => {
    const found = await csv(
      'Order Number,Order Date,UPC,Item ID,Product,Quantity,Price',
      `${NUMBER},2025-05-01,078742351865,10450114,Milk,3 ct,1.00`,
      `${NUMBER},2025-05-01,,,Bananas,2.35 lb,1.36`,
      `${NUMBER},2025-05-01,78742351865,,Milk,x2,2.00`,
      `${NUMBER},2025-05-01,,,Odd,some,2.00`,
    );
    expect(one(found).lines).toMatchObject([
      { upc: '078742351865', usItemId: '10450114', quantity: 3, measure: null },
      { upc: null, quantity: 1, measure: { value: 2.35, unit: 'lb' } },
      { upc: '078742351865', quantity: 2 },
    ]);
    expect(found.skipped).toEqual([{ where: 'row 5', reason: 'Its quantity is not understood.' }]);
  });

  it('may name an order once above its items, and sum them up at the end', async () => {
    const found = await csv(
      'My groceries,,,,',
      'Order Number,Order Date,Item,Qty,Price',
      `${NUMBER},2025-03-25,Milk,1,3.98`,
      ',,Bread,1,2.00',
      'none,2025-03-25,Lost,1,2.00',
      ',,Lost too,1,2.00',
      ',,,Total,5.98',
    );
    expect(one(found).lines.map(({ name }) => name)).toEqual(['Milk', 'Bread']);
    expect(found.skipped).toEqual([
      { where: 'row 5', reason: 'Its order number is not of 6 to 24 digits, as order numbers are.' },
      { where: 'row 6', reason: 'It names no order and no day.' },
      { where: 'row 7', reason: 'It sums up other rows.' },
    ]);
  });

  it('may name taxes, tips and totals where others name items', async () => {
    const found = await csv(
      'Order Number,Order Date,Item,Amount',
      ...[
        ['Milk', '3.98'],
        ['Tax', '0.30'],
        ['Tip', '2.00'],
        ['Order total', '6.28'],
      ].map(([name, amount]) => `${NUMBER},2025-03-25,${name},${amount}`),
    );
    expect(one(found)).toMatchObject({
      taxCents: 30,
      tipCents: 200,
      totalCents: 628,
      lines: [{ name: 'Milk', lineCents: 398 }],
    });
  });

  it('tell of cells that a spreadsheet could not tell', async () => {
    const found = await csv(
      'Order Number,Order Date,Item,Price',
      `${NUMBER},2025-03-25,#REF!,3.98`,
      `${NUMBER},2025-03-25,Rye,2.00`,
    );
    expect(one(found).lines).toHaveLength(1);
    expect(found.skipped).toEqual([{ where: 'row 2', reason: 'A cell of it holds an error of a spreadsheet.' }]);
  });
});

describe('workbooks of orders', () => {
  it('keep points in numbers where texts have commas, and tell of sheets that are something else', async () => {
    const found = await xlsx({
      Orders: [
        ['Order Number', 'Order Date', 'Subtotal', 'Order Total'],
        [NUMBER, '2.3.2025', '7,96', 1234.567],
      ],
      Items: [
        ['Status', 'Price', 'Item', 'Order Number', 'Order Date'],
        ['Delivered', 3.98, 'Milk', NUMBER, '2.3.2025'],
        ['Non disponible', 3.98, 'Oat milk', NUMBER, '2.3.2025'],
        ['Delivered', '3,98', 'Rye', NUMBER, '2.3.2025'],
      ],
      Notes: [['Remember the milk'], ['x', 'y', 'z']],
    });
    expect(one(found)).toMatchObject({
      orderedOn: '2025-03-02',
      subtotalCents: 796,
      totalCents: 123_457,
      lines: [
        { name: 'Milk', lineCents: 398, state: 'bought' },
        { name: 'Oat milk', lineCents: 0, listedCents: 398, state: 'unavailable' },
        { name: 'Rye', lineCents: 398 },
      ],
    });
    expect(found.questions).toEqual([{ code: 'tables_unknown', text: expect.stringMatching(/: Notes\.$/) as string }]);
  });

  const ITEMS: CellValue[][] = [
    ['Product Name', 'Quantity', 'Price', 'Delivery Status'],
    ['Milk', 2, 7.96, 'Delivered'],
    ['Rice', 1, 2, 'Unavailable'],
  ];
  const LABELS: CellValue[][] = [
    ['Order Number', '2000131-00000042'],
    ['Order Date', 'Mar 02, 2025'],
    ['Subtotal', 7.96],
    ['HST', 0.4],
    ['Order Total', 8.36],
    ['Payment Method', 'VISA ending in 1234'],
  ];
  const SUMS = LABELS.map(([label, value]): CellValue[] => [null, null, label!, value!]);
  it.each([
    ['below their items', [...ITEMS, [], ...LABELS]],
    ['above them', [...LABELS, [], ...ITEMS]],
    ['below, in other columns', [...ITEMS, ...SUMS]],
    ['several in a row', [LABELS.slice(0, 2).flat(), LABELS.slice(2, 5).flat(), [], ...ITEMS]],
    [
      'in one cell with their values',
      [...LABELS.map(([label, value]) => [`${String(label)}: ${String(value)}`]), [], ...ITEMS],
    ],
  ])('of one order have its labels %s', async (_where, rows) => {
    const found = await xlsx({ 'Order Invoice': rows });
    expect(found.skipped).toEqual([]);
    expect(one(found)).toMatchObject({
      numberKey: NUMBER,
      orderedOn: '2025-03-02',
      subtotalCents: 796,
      taxCents: 40,
      totalCents: 836,
      tipCents: null,
      lines: [
        { name: 'Milk', quantity: 2, lineCents: 796 },
        { name: 'Rice', quantity: 0, orderedQuantity: 1, lineCents: 0, state: 'unavailable' },
      ],
    });
    expect(JSON.stringify(found)).not.toContain('1234');
  });

  it('know nothing of a blank cell, and that 0 is nothing', async () => {
    const found = await xlsx({
      Orders: [
        ['Order Number', 'Order Date', 'Subtotal (Before Savings)', 'Tax', 'Tip', 'Order Total'],
        [NUMBER, '2025-03-02', null, 0, null, 3.98],
      ],
    });
    expect(one(found)).toMatchObject({ subtotalBeforeCents: null, taxCents: 0, tipCents: null, totalCents: 398 });
  });

  it('with formulas that nobody computed tell of them, and make no price of them', async () => {
    const found = await xlsx({
      Items: [
        ['Order Number', 'Order Date', 'Item', 'Price'],
        [NUMBER, '2025-03-02', 'Milk', { xml: '<f>1+1.5</f>' }],
        [NUMBER, '2025-03-02', 'Rye', { xml: '<f>1+1.5</f><v>2.5</v>' }],
      ],
    });
    expect(one(found).lines).toMatchObject([{ name: 'Rye', lineCents: 250 }]);
    expect(found.skipped).toEqual([
      { where: 'sheet Items, row 2', reason: expect.stringMatching(/formula that was never/) as string },
    ]);
  });

  it('whose numbers were rounded ask for the file as it was', async () => {
    const found = await xlsx({
      Orders: [
        ['Order Number', 'Order Date', 'Order Total'],
        [{ xml: '<v>6.7792491797239697E+19</v>' }, '2025-03-02', 3.98],
        [200013100000042, '2025-03-02', 3.98],
      ],
    });
    expect(one(found).numberKey).toBe(NUMBER);
    expect(found.questions).toEqual([{ code: 'number_lost', text: expect.stringMatching(/rounded/) as string }]);
  });
});
