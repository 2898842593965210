import { extraOf } from './extras.js';
import { read } from './read.js';
import { lineOf } from './reading.js';

const NUMBER = '200013111658219';

async function readingOf(text: string) {
  const found = await read([{ name: `${NUMBER}.csv`, bytes: new TextEncoder().encode(text) }]);
  if ('refused' in found) throw new Error(found.refused);
  return found;
}

describe('rows among items that are no goods', () => {
  it.each<[string, number, string | null]>([
    ['Coupon', -100, 'savings'],
    ['DIGITAL COUPON', 100, 'savings'],
    ['Tide pods coupon $1 off', -100, 'savings'],
    ['Rabatt', -50, 'savings'],
    ['DEPOSIT', 10, 'fee'],
    ['Bottle Deposit', 10, 'fee'],
    ['CA CRV', 5, 'fee'],
    ['Pfand', 25, 'fee'],
    ['Coupon Organizer', 499, null],
    ['Discount Brand Rice', 499, null],
    ['Rice', 599, null],
  ])('%s at %i is %s', (name, lineCents, kind) => {
    expect(extraOf(lineOf({ name, lineCents }))?.kind ?? null).toBe(kind);
  });

  const told = {
    lines: [{ name: 'Rice', lineCents: 599 }],
    savingsCents: 150,
    feesCents: 320,
    fees: [
      { kind: 'other', label: 'DEPOSIT', cents: 10, wasCents: null },
      { kind: 'other', label: 'Bottle Deposit', cents: 10, wasCents: null },
    ],
  };

  it('are savings and fees of their order in a table, several together', async () => {
    const row = (name: string, price: string) => `${NUMBER},2026-10-20,${name},1,${price},3.00`;
    const header = 'Order Number,Order Date,Product Name,Quantity,Price,Delivery fee';
    const rows = [row('Rice', '5.99'), row('Coupon', '-1.00'), row('Digital coupon', '-0.50')];
    const text = [header, ...rows, row('DEPOSIT', '0.10'), row('Bottle Deposit', '0.10')].join('\n');
    const { orders, skipped } = await readingOf(text);
    expect(orders).toMatchObject([told]);
    expect(skipped).toEqual([]);
  });

  it('are so in JSON, too', async () => {
    const items = [
      { name: 'Rice', price: '5.99', qty: 1 },
      { name: 'Coupon', price: '-1.00', qty: 1 },
      { name: 'Digital coupon', price: '-0.50', qty: 1 },
      { name: 'DEPOSIT', price: '0.10', qty: 1 },
      { name: 'Bottle Deposit', price: '0.10', qty: 1 },
    ];
    const order = { orderNumber: NUMBER, orderDate: '2026-10-20', deliveryFee: '3.00', items };
    const { orders } = await readingOf(JSON.stringify([order]));
    expect(orders).toMatchObject([told]);
  });

  it('are left out where a column tells the savings', async () => {
    const header = 'Order Number,Order Date,Product Name,Quantity,Price,Savings,Order Total';
    const rows = ['Rice,1,5.99', 'Coupon,1,-1.00'].map((row) => `${NUMBER},2026-10-20,${row},1.00,4.99`);
    const { orders, skipped } = await readingOf([header, ...rows].join('\n'));
    expect(orders).toMatchObject([{ savingsCents: 100, lines: [{ name: 'Rice' }] }]);
    expect(skipped).toEqual([{ where: 'row 3', reason: 'It is a saving, and in what its order tells of savings.' }]);
  });
});
