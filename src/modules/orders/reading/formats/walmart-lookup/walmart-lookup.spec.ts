import { reconcile } from '../../../merging/reconcile.js';
import type { Opened } from '../../opening/opened.js';
import type { Reading } from '../../reading.js';
import { expectedOf, onSample, sampleFiles } from '../sample.conformance.js';
import { walmartLookup } from './walmart-lookup.js';

const read = (value: unknown) =>
  walmartLookup.read({ kind: 'json', name: null, value } satisfies Opened) as Reading | null;

const answer = (over: object = {}, item: object = {}) => ({
  ask: { storeId: 9142, cardType: 'visa', lastFourDigits: '9071', total: '3.98' },
  answer: {
    receipts: [
      {
        store: { id: '09142', address1: '301 Cobble Hollow Ln' },
        dateTime: '2025-08-22T09:48:04',
        total: { subtotal: 3.98, taxTotal: 0, totalAmount: 3.98 },
        tcNumber: '6463 5518 5400 1001 4582 6',
        tender: [{ type: 'VISA', amount: 3.98 }],
        items: [{ description: 'OAT MILK', itemId: null, upc: '200001000034', price: 3.98, quantity: 2, ...item }],
        ...over,
      },
    ],
  },
});

describe('look-ups of receipts', () => {
  onSample('are read to what the truth of the sample household says is knowable', () => {
    const all = sampleFiles('household/i-lookup').map(
      ({ bytes }) => read(JSON.parse(Buffer.from(bytes).toString()))!.orders[0]!,
    );
    for (const { lines, orderedAt: _, ...facts } of expectedOf('i-lookup')) {
      const order = all.find(({ numberKey }) => numberKey === facts.numberKey)!;
      expect(order).toMatchObject(facts);
      // One shop gives no ids of its items.
      const known = lines.map(({ usItemId, ...line }) => (order.storeNumber === '9138' ? line : { ...line, usItemId }));
      expect(order.lines).toMatchObject(known);
      expect(reconcile(order, order.lines, true).reconciled).toBe('both');
    }
  });

  it('keep the day of the shop, and no moment, since its zone is not told', () => {
    const [order] = read(answer())!.orders;
    expect(order).toMatchObject({
      numberKey: '646355185400100145826',
      orderedOn: '2025-08-22',
      orderedAt: null,
      storeNumber: '9142',
      payments: [{ type: 'CREDITCARD', cents: 398 }],
      lines: [{ receiptName: 'OAT MILK', name: null, usItemId: null, quantity: 2, lineCents: 398, state: 'bought' }],
    });
  });

  it('drop the card and the street', () => {
    expect(JSON.stringify(read(answer()))).not.toMatch(/9071|Cobble/);
  });

  it('tell which items and receipts say too little', () => {
    const { orders, skipped } = read(answer({}, { price: 'NaN' }))!;
    expect([orders[0]!.lines, skipped]).toEqual([[], [{ where: 'receipt 1, item 1', reason: expect.any(String) }]]);
    expect(read(answer({ tcNumber: null, dateTime: null }))!.skipped).toHaveLength(1);
  });

  it('leave JSON of another kind to other formats', () => {
    for (const value of [null, 7, [], {}, { answer: 3 }, { receipts: [{ receiptId: 'x' }] }, [{ orderNumber: '1' }]])
      expect(read(value)).toBeNull();
  });
});
