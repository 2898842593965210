import { read, type Read } from './read.js';

/** What things cost in JSON is read by what its members mean, whichever format they are of, or told. */
async function readOf(value: unknown): Promise<Read> {
  const found = await read([{ name: null, bytes: Buffer.from(JSON.stringify(value)) }]);
  if ('refused' in found) throw new Error(found.refused);
  return found;
}

const walmart = (price: object) => [
  {
    orderNumber: '200013100000001',
    orderDate: '2025-03-10',
    items: [{ productName: 'Oat Milk', quantity: 2, ...price }],
  },
];
const amazon = (price: object) => [
  {
    orderId: '111-1234567-1234567',
    orderDate: '2025-03-10',
    items: [{ title: 'Oat Milk', asin: 'B012345678', quantity: 2, ...price }],
  },
];
const krogerReceipts = (price: object) => [
  {
    purchaseId: { receiptId: '700500100123' },
    receiptCreateDateTime: { value: '2025-03-10T10:00:00' },
    items: [
      {
        purchasedData: {
          displayInfo: { description: 'Oat Milk' },
          upc: '0001111041700',
          pricingInfo: price,
          quantityInfo: { received: 2 },
        },
      },
    ],
  },
];
const krogerProducts = (price: object) => [
  {
    upc: '0001111041700',
    description: 'Oat Milk',
    qty: 2,
    receiptID: '700500100123',
    receiptDate: '2025-03-10',
    ...price,
  },
];
const lookup = (price: object) => ({
  receipts: [
    {
      tcNumber: '12345678901234567890',
      dateTime: '2025-03-10T10:00:00',
      items: [{ description: 'OAT MILK', quantity: 2, ...price }],
    },
  ],
});
const instacart = (price: object) => [
  {
    id: '9988776655',
    created_at: '2025-03-10T10:00:00Z',
    deliveries: [{ retailer: 'Aldi', items: [{ name: 'Oat Milk', quantity: 2, ...price }] }],
  },
];
const FORMATS = { walmart, amazon, krogerReceipts, krogerProducts, lookup, instacart };

describe.each(Object.entries(FORMATS))('prices in JSON of %s', (_name, of) => {
  it.each<[string, object]>([
    ['of one piece', { unitPrice: 3.98 }],
    ['of one piece, in other letters', { price_each: '$3.98' }],
    ['of the line', { lineTotal: '7.96' }],
    ['of the line, as an object', { extended_price: { displayValue: '$7.96', value: 7.96 } }],
  ])('are read where they are told %s', async (_how, price) => {
    const { orders, questions } = await readOf(of(price));
    expect(orders[0]!.lines).toMatchObject([{ quantity: 2, lineCents: 796 }]);
    expect(questions.map(({ code }) => code)).not.toContain('prices_unknown');
  });

  it('are told where nobody knows their name, or the item is', async () => {
    const { questions, skipped } = await readOf(of({ mysteryPriceX: 3.98 }));
    const told = JSON.stringify([questions, skipped]);
    expect(told).toMatch(/mysteryPriceX|no item with a price/);
  });
});

describe('lines without a price', () => {
  it('are not asked about where the file has nothing like one', async () => {
    const { questions } = await readOf(instacart({ product_id: 7 }));
    expect(questions).toEqual([]);
  });
});
