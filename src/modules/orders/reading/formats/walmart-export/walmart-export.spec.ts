import type { Opened } from '../../opening/opened.js';
import type { Reading } from '../../reading.js';
import { walmartExport } from './walmart-export.js';

const read = (value: unknown) =>
  walmartExport.read({ kind: 'json', name: null, value } satisfies Opened) as Reading | null;

const order = (over: object = {}, item: object = {}) => ({
  orderNumber: '200013100000001',
  orderDate: 'Mar 10, 2025',
  orderType: 'GLASS',
  isInStore: false,
  orderSubtotal: '$6.30',
  savings: '-$1.42',
  orderTotal: '$6.30',
  deliveryCharges: 'Free',
  tax: '',
  address: '17 Quillfeather Lane',
  paymentMethodDetails: [{ brand: 'VISA', ending: '9071', amount: '$6.30' }],
  items: [
    {
      productName: 'Oat Milk, 64 fl oz',
      productLink: 'https://www.walmart.com/ip/718277052',
      deliveryStatus: 'Delivered',
      quantity: '2',
      price: '$6.30$7.72',
      ...item,
    },
  ],
  ...over,
});

describe('a JSON export', () => {
  it('is read with its text as money: free is nothing, blank is unknown, the second of two prices was struck', () => {
    const [found] = read([order()])!.orders;
    expect(found).toMatchObject({
      numberKey: '200013100000001',
      linesAre: 'charged',
      channel: 'online',
      orderedOn: '2025-03-10',
      deliveryCents: 0,
      taxCents: null,
      savingsCents: 142,
      payments: [{ type: 'CREDITCARD', cents: 630 }],
      lines: [{ usItemId: '718277052', quantity: 2, lineCents: 630, wasCents: 772, state: 'bought' }],
    });
    expect(JSON.stringify(found)).not.toMatch(/9071|Quillfeather/);
  });

  it.each<[string, unknown, string[]]>([
    [
      'in snake case, with numbers for texts',
      {
        orders: [
          {
            order_number: 200013100000001,
            order_date: '2025-03-10T09:13:30-04:00',
            order_total: 6.3,
            items: [{ product_name: 'Oat Milk', qty: 2, price: 6.3, us_item_id: 718277052 }],
          },
        ],
      },
      [],
    ],
    [
      'with labels for names, amounts as objects, and members that nobody knows',
      [
        {
          'Order Number': '2000131-00000001',
          'Order Date': '10. März 2025',
          'Order Total': { value: 6.3, displayValue: '6,30 $' },
          Mood: 'good',
          Items: 1,
          Products: [
            { 'Product Name': 'Oat Milk', Quantity: '2', Price: { displayValue: '$6.30' }, 'US Item ID': '1' },
          ],
        },
      ],
      ['members_unknown'],
    ],
    ['of one order alone', { ...order({ orderNumber: '2000131-00000001' }) }, []],
  ])('is known by its words, %s', (_how, value, asked) => {
    const { orders, skipped, questions } = read(value)!;
    expect(orders).toMatchObject([
      {
        numberKey: '200013100000001',
        orderedOn: '2025-03-10',
        totalCents: 630,
        lines: [{ quantity: 2, lineCents: 630 }],
      },
    ]);
    expect([skipped, questions.map(({ code }) => code)]).toEqual([[], asked]);
  });

  it('counts nothing of a price on a row that did not come, and keeps what it shows', () => {
    const states = ['Unavailable', 'Canceled', 'Returned', 'Jun 16, 2025 purchase', '12 shopped'];
    const lines = states.map((deliveryStatus) => read([order({}, { deliveryStatus })])!.orders[0]!.lines[0]!);
    expect(
      lines.map(({ state, quantity, lineCents, listedCents }) => [state, quantity, lineCents, listedCents]),
    ).toEqual([
      ['unavailable', 0, 0, 630],
      ['cancelled', 0, 0, 630],
      ['returned', 2, 630, 630],
      ['bought', 2, 630, 630],
      ['bought', 2, 630, 630],
    ]);
  });

  it('whose items are under a name that nobody knows tells no lines, and never that there were none', () => {
    const { items, ...rest } = order();
    const { orders, questions } = read([{ ...rest, things: items }])!;
    expect(orders).toMatchObject([{ linesAre: 'unknown', lines: [], totalCents: 630 }]);
    expect(questions.map(({ code }) => code)).toEqual(['detail_unavailable', 'members_unknown']);
  });

  it('tells which items and orders say too little', () => {
    const value = [
      order({}, { price: 'NaN' }),
      order({}, { quantity: 'many' }),
      order({}, { productName: '', productLink: '' }),
      order({ orderNumber: '', orderDate: 'soon' }),
      7,
    ];
    const { orders, skipped } = read(value)!;
    expect(orders).toHaveLength(3);
    expect(skipped.map(({ where }) => where)).toEqual([
      'order 1, item 1',
      'order 2, item 1',
      'order 3, item 1',
      'order 4',
      'order 5',
    ]);
  });

  it('keeps a weight as one that was weighed', () => {
    const [line] = read([order({}, { quantity: '1.66 lb' })])!.orders[0]!.lines;
    expect(line).toMatchObject({ quantity: 1, measure: { value: 1.66, unit: 'lb' } });
  });

  it('leaves JSON of another kind to other formats', () => {
    const amazon = [{ orderId: '111-1234567-1234567', orderDate: '2025-01-01', items: [{ title: 'x', asin: 'B1' }] }];
    for (const value of [null, 7, [], {}, [{ orderNumber: '12' }], { receipts: [{}] }, amazon, { data: { order: {} } }])
      expect(read(value)).toBeNull();
  });
});
