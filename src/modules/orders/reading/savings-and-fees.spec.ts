import { merge } from '../merging/merge.js';
import { read } from './read.js';
import type { SourcedOrder } from './read.js';

/** Coupons, deposits and returns in every kind of file: sums of their order, and no products. */
const NUMBER = '200013111658219';
const HEADER = 'Order Number,Order Date,Product Name,Quantity,Price,Subtotal,Savings,Order Total';

async function readingOf(text: string) {
  const found = await read([{ name: 'orders', bytes: Buffer.from(text) }]);
  if ('refused' in found) throw new Error(found.refused);
  return found;
}
async function only(text: string): Promise<SourcedOrder> {
  const { orders } = await readingOf(text);
  expect(orders).toHaveLength(1);
  return orders[0]!;
}
const proven = (order: SourcedOrder) => {
  const made = merge([{ format: order.format, rank: 1, hash: '', order }])!;
  return [made.reconciled, made.savingsKind];
};
const namesOf = ({ lines }: SourcedOrder) => lines.map(({ name, receiptName }) => name ?? receiptName);

describe('savings among the rows of a table', () => {
  const table = (...rows: string[]) => [HEADER, ...rows.map((row) => `${NUMBER},2026-04-05,${row}`)].join('\n');

  it('count where the column of savings tells nothing of their order', async () => {
    const order = await only(table('Milk,2,6.00,,,5.25', 'Digital coupon,1,-0.50,,,5.25', 'Discount,1,-0.25,,,5.25'));
    expect([namesOf(order), order.savingsCents]).toEqual([['Milk'], 75]);
  });

  it('count once where a row sums them up', async () => {
    const rows = ['Milk,2,6.00,,,', 'Coupon,1,-0.50,,,', 'Coupon,1,-0.25,,,', 'Total savings,,-0.75,,,'];
    const { orders, skipped } = await readingOf(table(...rows));
    expect(orders).toMatchObject([{ savingsCents: 75, lines: [{ name: 'Milk' }] }]);
    expect(skipped.map(({ where }) => where)).toEqual(['row 3', 'row 4']);
  });

  it.each(['Coupons', 'Coupon', 'Total discounts'])('are told by a column %s', async (column) => {
    const order = await only(table('Milk,2,6.00,6.00,1.00,5.00').replace('Savings', column));
    expect([order.savingsCents, proven(order)]).toEqual([100, ['both', 'after_subtotal']]);
  });
});

describe('rows that give something back', () => {
  const table = (...rows: string[]) =>
    ['Order Number,Order Date,Product Name,Quantity,Price,Item Status', ...rows]
      .map((row, at) => (at === 0 ? row : `${NUMBER},2026-04-05,${row}`))
      .join('\n');

  it.each([
    ['a quantity below zero', 'Milk,-1,3.00,'],
    ['both below zero', 'Milk,-1,-3.00,Returned'],
    ['an amount below zero', 'Milk,1,(3.00),Refunded'],
  ])('by %s are refunds of their order', async (_how, row) => {
    const { orders, skipped } = await readingOf(table('Milk,2,6.00,Delivered', row));
    expect(skipped).toEqual([]);
    expect(orders).toMatchObject([{ refundCents: 300, lines: [{ name: 'Milk', quantity: 2, lineCents: 600 }] }]);
    expect(orders[0]!.lines).toHaveLength(1);
  });

  it('are so in JSON, too', async () => {
    const items = [
      { name: 'TV', quantity: 1, price: '1.234,50 €' },
      { name: 'TV', quantity: -1, price: '-1.234,50 €' },
      { name: 'Tea', quantity: -1 },
    ];
    const order = { orderNumber: NUMBER, orderDate: '05.04.2026', orderTotal: '1.234,50 €', items };
    const { orders, skipped } = await readingOf(JSON.stringify([order]));
    expect(orders).toMatchObject([{ currency: 'EUR', refundCents: 123450, lines: [{ name: 'TV', quantity: 1 }] }]);
    expect(skipped.map(({ where }) => where)).toEqual(['order 1, item 3']);
  });

  it('and do not tell what are left out, with why', async () => {
    const { orders, skipped } = await readingOf(table('Milk,2,6.00,', 'Milk,-1,,'));
    expect([orders[0]!.refundCents, skipped]).toEqual([
      null,
      [{ where: 'row 3', reason: 'It gives something back, and was left out: what it came to is not told.' }],
    ]);
  });
});

describe('savings and deposits on a till’s receipt', () => {
  const till = (...rows: string[]) =>
    ['WALMART', 'ST# 1 OP# 2 TE# 3 TR# 4', ...rows, 'TC# 1234 5678 9012 3456 7890', '01/02/25 10:00:00'].join('\n');
  const goods = ['A MILK 200001034961 F N 3.00', 'B TEA 200001016585 F N 2.00'];
  const tax = 'TAX 1 5.000 % 0.20';

  it('are within the subtotal where they are printed among the items', async () => {
    const extras = ['COUPON 051000012345 0.50-', 'MFR CPN 0.25-', 'BOTTLE DEPOSIT 0.10', 'BAG FEE 0.10'];
    const order = await only(till(...goods, ...extras, 'SUBTOTAL 4.45', tax, 'TOTAL 4.65'));
    expect([namesOf(order), order.savingsCents, order.feesCents]).toEqual([['A MILK', 'B TEA'], 75, 20]);
    expect(order.lines.map(({ lineCents }) => lineCents)).toEqual([300, 200]);
    expect(proven(order)).toEqual(['both', 'in_subtotal']);
  });

  it('are after the subtotal where they stand below it', async () => {
    const order = await only(till(...goods, 'SUBTOTAL 5.00', 'COUPON 0.50-', 'BAG FEE 0.10', tax, 'TOTAL 4.80'));
    expect([order.savingsCents, order.feesCents, proven(order)]).toEqual([50, 10, ['both', 'after_subtotal']]);
  });

  it('take no more off an item than it costs', async () => {
    const order = await only(till(...goods, 'STORE DEAL 2.50-', 'SUBTOTAL 2.50', 'TOTAL 2.50'));
    expect([order.lines.map(({ lineCents }) => lineCents), order.savingsCents]).toEqual([[300, 200], 250]);
  });

  it('of a day by the name of its month tell the day', async () => {
    const { orders, questions } = await readingOf(
      'Walmart\nMILK 3.00\nSUBTOTAL 3.00\nTOTAL 3.00\nCASH 5.00\nApr 5, 2026 10:00\n',
    );
    expect([orders[0]!.orderedOn, questions]).toEqual(['2026-04-05', []]);
  });
});

describe('savings and deposits in a mail', () => {
  const mail = (subject: string, body: string) =>
    `From: Walmart <help@walmart.com>\nSubject: ${subject}\nDate: Sun, 05 Apr 2026 12:00:00 +0000\nContent-Type: ${body.startsWith('<') ? 'text/html' : 'text/plain'}; charset=utf-8\n\n${body}`;
  const delivered = 'Your order 2000131-40000001 was delivered';
  const head = 'Order date: Apr 4, 2026\n\nItems received\nWhole Milk Qty 2 $6.00\nEggs - $4.00\n';

  it('are read with their signs, from below the subtotal and not twice', async () => {
    const sums =
      'Subtotal $10.00\nCoupon -$0.50\nPromo code -$1.00\nDelivery fee $3.00\nBag fee $0.10\nTax $0.55\nTotal $12.35\n';
    const order = await only(mail(delivered, `${head}Digital Coupon -$0.50\nCRV $0.20\n${sums}`));
    expect([namesOf(order), order.savingsCents, order.feesCents]).toEqual([['Whole Milk', 'Eggs'], 150, 330]);
    expect(order.lines.map(({ lineCents }) => lineCents)).toEqual([600, 400]);
    expect(proven(order)).toEqual(['both', 'after_subtotal']);
  });

  it('are read among the items where the sums tell none', async () => {
    const order = await only(mail(delivered, `${head}Digital Coupon -$0.50\nSubtotal $10.00\nTotal $9.50\n`));
    expect([namesOf(order), order.savingsCents]).toEqual([['Whole Milk', 'Eggs'], 50]);
  });

  it('are read from tables, in estimates too', async () => {
    const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    const items = [row('Whole Milk', '2', '$6.00'), row('Eggs', '1', '$4.00'), row('Rebate', '1', '-$0.25')];
    const sums = [
      row('Subtotal', '$10.00'),
      row('Manufacturer coupons', '-$0.50'),
      row('Bottle deposit', '$0.20'),
      row('Order total', '$9.70'),
    ];
    const html = `<table>${items.join('')}</table><table>${sums.join('')}</table>`;
    const order = await only(mail('Thanks for your order 2000131-40000002', html));
    expect([namesOf(order), order.isEstimate, order.savingsCents, order.feesCents]).toEqual([
      ['Whole Milk', 'Eggs'],
      true,
      50,
      20,
    ]);
  });
});

describe('a deposit between the sums of an invoice', () => {
  it('is called as far as its letters are whole', async () => {
    const label = `${'Bottle deposit '.padEnd(59, '.')}😀 and more`;
    const rows = [`Order number,${NUMBER}`, 'Order date,2026-04-05', 'Product Name,Quantity,Price', 'Milk,2,6.00'];
    const order = await only([...rows, 'Subtotal,6.00', `${label},0.10`, 'Order total,6.10'].join('\n'));
    expect(order.fees).toMatchObject([{ label: label.slice(0, 59), cents: 10 }]);
  });
});

describe('savings in exports of other retailers', () => {
  it('are no goods in Instacart’s, which tells currency and state of an item', async () => {
    const items = [
      { name: 'Milk', quantity: 2, price: '£1.45' },
      { name: 'Voucher', quantity: 1, price: '-£0.50' },
      { name: 'Crisps', quantity: 1, price: '£2.10', status: 'refunded' },
      { name: 'Tea', quantity: 1, price: '£3.00', status: 'out of stock' },
    ];
    const told = { id: '17301234567890', status: 'delivered', total_display: '£4.50', created_at: '2026-04-05' };
    const order = await only(JSON.stringify([{ ...told, deliveries: [{ retailer: 'Corner', items }] }]));
    expect(order).toMatchObject({
      currency: 'GBP',
      savingsCents: 50,
      lines: [{ name: 'Milk', state: 'bought' }, { state: 'returned' }, { state: 'unavailable', lineCents: 0 }],
    });
  });

  it('are no goods in Amazon’s and Kroger’s', async () => {
    const amazon = await only(
      'order id,order date,item title,asin,item quantity,item price\n203-1234567-1234567,2026-04-05,Tea,B000000001,2,2.50\n203-1234567-1234567,2026-04-05,Promotion,,1,-0.50\n',
    );
    expect([namesOf(amazon), amazon.savingsCents]).toEqual([['Tea'], 50]);
    const kroger = await only(
      'Receipt ID,Date,Store,UPC,Description,Quantity,Extended Price\n700500100123,2026-01-02,Elm,1111,Milk,1,3.50\n700500100123,2026-01-02,Elm,2222,Digital Coupon,1,-0.75\n',
    );
    expect([namesOf(kroger), kroger.savingsCents]).toEqual([['Milk'], 75]);
  });
});
