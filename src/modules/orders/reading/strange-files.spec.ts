import { read, type Read } from './read.js';

/** Files as households have them and no exporter wrote them: read by what they mean, and what is not understood is told. */
async function readOf(text: string, encoding: BufferEncoding = 'utf8'): Promise<Read> {
  const found = await read([{ name: null, bytes: Buffer.from(text, encoding) }]);
  if ('refused' in found) throw new Error(found.refused);
  return found;
}
const linesOf = ({ orders }: Read) => orders.map(({ lines }) => lines.map(({ name, lineCents }) => [name, lineCents]));

describe('tables that somebody keeps by hand', () => {
  it('are read by words of everyday, whatever stands beside', async () => {
    const found = await readOf(
      'Cashier,What I bought,How many,$ paid,Transaction ID,When,Loyalty pts\nAnn,"Bananas, loose",6,1.44,200013155550001,3/14/26,12\n',
    );
    expect(found.orders).toMatchObject([{ numberKey: '200013155550001', orderedOn: '2026-03-14' }]);
    expect(linesOf(found)).toEqual([[['Bananas, loose', 144]]]);
    expect(found.questions.map(({ text }) => text)).toEqual([
      'These columns were not understood and left out: Cashier, Loyalty pts.',
    ]);
  });

  it('with semicolons, commas for points, Latin-1 and a shop by its number are read', async () => {
    const found = await readOf(
      'Menge;Artikel;Preis;Filiale;Datum;Bestellnummer;Gesamtbetrag\n0,65 kg;Hähnchenbrust;6,99;Nr. 114;25.03.2026;2000131-44440001;6,99\n',
      'latin1',
    );
    expect(found.orders).toMatchObject([{ storeNumber: '114', orderedOn: '2026-03-25', totalCents: 699 }]);
    expect(found.orders[0]!.lines).toMatchObject([{ name: 'Hähnchenbrust', measure: { value: 0.65, unit: 'kg' } }]);
  });

  it.each(['Sum', 'Total', 'Summe', 'Somme', 'Suma'])(
    'take no row that is called %s for something bought',
    async (sum) => {
      const found = await readOf(
        `Item,Order #,Date,Qty,Line total\nTea,200013188880002,2026-01-18,1,5.10\n${sum},,,,5.10\n`,
      );
      expect(linesOf(found)).toEqual([[['Tea', 510]]]);
      expect(found.skipped).toEqual([{ where: 'row 3', reason: 'It sums up other rows.' }]);
    },
  );

  it('add up what each row tells of tax and savings, and take what gives something back for a refund', async () => {
    const found = await readOf(
      [
        'order_id\tpurchased_at\titem_description\tqty\tunit_cost\tline_amount\tdiscount\tstate_tax',
        '200013177770001\t2026-02-01\tGround beef\t1.52 lb\t5.98\t9.09\t0.00\t0.00',
        '200013177770001\t2026-02-01\tPaper towels\t1\t12.98\t12.98\t-2.00\t0.91',
        '200013177770001\t2026-02-01\tSoap\t1\t1.00\t1.00\t0.00\t0.91',
        '200013177770001\t2026-02-01\tYogurt\t-1\t0.98\t-0.98\t0.00\t0.00',
      ].join('\n'),
    );
    expect(found.orders).toMatchObject([{ taxCents: 182, savingsCents: 200, refundCents: 98, linesAre: 'charged' }]);
    expect(linesOf(found)).toEqual([
      [
        ['Ground beef', 909],
        ['Paper towels', 1298],
        ['Soap', 100],
      ],
    ]);
    expect([found.skipped, found.questions]).toEqual([[], []]);
  });
});

describe('JSON that nests what it tells', () => {
  const lines = [
    { product: { name: 'Rice 2 lb', upc: '078742000001' }, qty: 2, price: { unit: 2.5, line: 5 } },
    { product: { name: 'Beans can' }, qty: 4, pricing: { each: 1.12, lineTotal: 4.48 } },
  ];
  it.each<[string, unknown]>([
    [
      'in objects of its own',
      {
        orders: [
          {
            orderNumber: '200013166660001',
            orderedAt: '2026-01-15',
            totals: { subTotal: '$9.48', taxTotal: 0.2, grandTotal: 9.68 },
            items: lines,
          },
        ],
      },
    ],
    [
      'deep, beside the order',
      {
        export: {
          user: 'x',
          history: {
            purchases: [
              {
                order: {
                  id: 1,
                  orderNumber: '200013166660001',
                  placed: '2026-01-15T09:00:00Z',
                  totals: { subtotal: 9.48, tax: 0.2, total: 9.68 },
                },
                lines,
              },
            ],
          },
        },
      },
    ],
  ])('is read %s', async (_how, value) => {
    const found = await readOf(JSON.stringify(value));
    expect(found.orders).toMatchObject([
      { numberKey: '200013166660001', orderedOn: '2026-01-15', subtotalCents: 948, taxCents: 20, totalCents: 968 },
    ]);
    expect(linesOf(found)).toEqual([
      [
        ['Rice 2 lb', 500],
        ['Beans can', 448],
      ],
    ]);
    expect(found.orders[0]!.lines[0]).toMatchObject({ unitCents: 250, upc: '078742000001' });
  });
});

describe('lists of KitchenOwl that tell what is on them', () => {
  it('are a list each, with amounts', async () => {
    const items = [{ name: 'Eier', description: '10 Stück' }, { name: 'Butter', description: 'gesalzen' }, { id: 7 }];
    const found = await readOf(
      JSON.stringify({ items: [{ name: 'Brot' }], shoppinglists: [{ name: 'Wochenende', items }] }),
    );
    expect(found.carts).toMatchObject([
      { title: 'KitchenOwl', lines: [{ name: 'Brot' }] },
      {
        title: 'Wochenende',
        lines: [
          { name: 'Eier', quantity: 10, unit: 'Stück' },
          { name: 'Butter', quantity: null, note: 'gesalzen' },
        ],
      },
    ]);
    expect(found.skipped).toEqual([{ where: 'list 1, item 3', reason: 'It has no name.' }]);
  });
});

describe('mails of text', () => {
  it('have names without the dots that lead to their amounts, and their day', async () => {
    const body =
      'Order: 2000132-88880002\nDate of purchase: 02/09/2026\n\n 1 x Eggs, 18 ct .............. $4.12\n 2 x Pasta · · · · $5.96\n\nSubtotal ........ $10.08\nGrand total ..... $10.08\n';
    const head =
      'From: Walmart <help@walmart.com>\r\nTo: a@example.com\r\nSubject: Your Walmart e-receipt\r\nDate: Tue, 10 Feb 2026 08:00:00 -0600\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n';
    const found = await readOf(head + body);
    expect(found.orders).toMatchObject([{ orderedOn: '2026-02-09', totalCents: 1008 }]);
    expect(linesOf(found)).toEqual([
      [
        ['Eggs, 18 ct', 412],
        ['Pasta', 596],
      ],
    ]);
  });
});
