import { reconcile } from '../../../merging/reconcile.js';
import { open } from '../../opening/open.js';
import type { ReadOrder, Reading } from '../../reading.js';
import { expectedOf, onSample, sampleFiles } from '../sample.conformance.js';
import { receiptText } from './receipt-text.js';

const reading = (text: string) => receiptText.read(open({ name: null, bytes: Buffer.from(text) })) as Reading | null;
const only = (text: string): ReadOrder => {
  const { orders } = reading(text)!;
  expect(orders).toHaveLength(1);
  return orders[0]!;
};
const short = ({ lines }: ReadOrder) =>
  lines.map(({ receiptName, quantity, measure, lineCents }) => [
    receiptName,
    measure ? `${measure.value} ${measure.unit}` : quantity,
    lineCents,
  ]);

describe('paper receipts', () => {
  onSample('of the sample household are read to what its truth says is knowable', () => {
    const all = sampleFiles('household/h-receipt-text').map(({ bytes }) => only(Buffer.from(bytes).toString()));
    for (const want of expectedOf('h-receipt-text')) {
      const order = all.find(({ numberKey }) => numberKey === want.numberKey)!;
      const { lines, orderedAt: _, taxLines, ...facts } = want;
      expect(order).toMatchObject(facts);
      expect(order.taxLines).toMatchObject(
        (taxLines as { label: string; cents: number }[]).map(({ label, cents }) => ({ label, cents })),
      );
      const codeless = lines.map(({ upc, measure, ...line }) => ({ ...line, measure, ...(measure ? {} : { upc }) }));
      expect(order.lines).toMatchObject(codeless);
      expect(order.lines).toHaveLength(lines.length);
      const { items, total } = reconcile(order, order.lines, true);
      expect([items, total]).toEqual([order.isFuel ? null : true, true]);
    }
  });

  const CANADIAN = `
        WALMART
   1000 RUE PRINCIPALE
  GATINEAU QC J8T 4H5
ST# 03124 OP# 001234 TE# 12 TR# 04567
LAIT 2% 4L            006819100123     6,29 $ D
POMMES GALA           000000004135K
  1,240 kg @ 3,72 $/kg                 4,61 $ D
PAIN DE BLÉ           006819100777     3,49 $
CHIPS BBQ             006819100888     7,98 $ J
 2 @ 3,99 $
SOUS-TOTAL                            22,37 $
TPS 5,0000 %                           0,40 $
TVQ 9,9750 %                           0,80 $
TOTAL                                 23,57 $
INTERAC                               23,57 $
MONNAIE                                0,00 $
TC# 1234 5678 9012 3456 7890
08/14/25   18:02:11
`;

  it('from Canada are read with their taxes, weights in kilograms and decimal commas', () => {
    const order = only(CANADIAN);
    expect(short(order)).toEqual([
      ['LAIT 2% 4L', 1, 629],
      ['POMMES GALA', '1.24 kg', 461],
      ['PAIN DE BLÉ', 1, 349],
      ['CHIPS BBQ', 2, 798],
    ]);
    expect(order).toMatchObject({
      currency: 'CAD',
      storeNumber: '3124',
      orderedOn: '2025-08-14',
      subtotalCents: 2237,
      totalCents: 2357,
      taxLines: [
        { label: 'TPS', ratePercent: 5, cents: 40 },
        { label: 'TVQ', ratePercent: 9.975, cents: 80 },
      ],
      payments: [{ type: 'DEBITCARD', cents: 2357 }],
    });
    expect(reconcile(order, order.lines, true).reconciled).toBe('both');
  });

  it('are read the same in another column width, in English, and with $ before the amount', () => {
    const order = only(
      [
        'Walmart Supercentre',
        'ST# 1061 OP# 12 TE# 3 TR# 9',
        'MILK 2% 006819100123 $6.29 D',
        'APPLES 000000004135KF',
        '1.24 kg @ $3.72/kg $4.61 D',
        'CHIPS 006819100888 J $7.98',
        '2 AT 1 FOR $3.99',
        'SUBTOTAL $18.88',
        'HST 13.0000 % $1.04',
        'TOTAL $19.92',
        'MCARD TEND $19.92',
        'TC# 1234 5678 9012 3456 7891',
        '2025-08-14 18:02:11',
      ].join('\n'),
    );
    expect(short(order)).toEqual([
      ['MILK 2%', 1, 629],
      ['APPLES', '1.24 kg', 461],
      ['CHIPS', 2, 798],
    ]);
    expect(order).toMatchObject({ orderedOn: '2025-08-14', taxCents: 104, totalCents: 1992, currency: 'CAD' });
  });

  const till = (...rows: string[]) =>
    ['WALMART', 'ST# 1 OP# 2 TE# 3 TR# 4', ...rows, 'TC# 1234 5678 9012 3456 7890', '01/02/25 10:00:00'].join('\n');

  it('take back what was voided, whichever way it is printed', () => {
    const inTwo = till(
      'A MILK 200001034961 F N 3.00',
      'B TEA 200001016585 F N 2.00',
      '** VOIDED ENTRY **',
      'A MILK 200001034961 3.00-',
      'SUBTOTAL 2.00',
      'TOTAL 2.00',
    );
    const inOne = till(
      'A MILK 200001034961 F N 3.00',
      'B TEA 200001016585 F N 2.00',
      '** VOIDED ** A MILK 3.00-',
      'SUBTOTAL 2.00',
      'TOTAL 2.00',
    );
    const alone = till(
      '** VOIDED ENTRY **',
      'GIFT CARD 000000009999 1.00-',
      '** VOIDED ENTRY **',
      'B TEA 200001016585 F N 2.00',
      'SUBTOTAL 2.00',
      'TOTAL 2.00',
    );
    for (const text of [inTwo, inOne, alone]) expect(short(only(text))).toEqual([['B TEA', 1, 200]]);
  });

  it('read an item of two lines, its name over its code and its price', () => {
    const order = only(
      till('LAIT 2% 2L', '   200001034961     4,29 $', 'SOUS-TOTAL 4,29 $', 'TOTAL 4,29 $', 'MCARD TEND 4,29 $'),
    );
    expect(short(order)).toEqual([['LAIT 2% 2L', 1, 429]]);
    expect([order.lines[0]!.upc, order.payments]).toEqual(['200001034961', [{ type: 'CREDITCARD', cents: 429 }]]);
    expect(reading(till('200001034961 4.29', 'SUBTOTAL 4.29', 'TOTAL 4.29'))!.skipped).toHaveLength(1);
  });

  it('net a coupon from the item above it', () => {
    const order = only(till('A MILK 200001034961 F N 3.00', 'INSTANT SAVINGS 0.50-', 'SUBTOTAL 2.50', 'TOTAL 2.50'));
    expect(short(order)).toEqual([['A MILK', 1, 250]]);
  });

  it('take a name for what is paid with only under what it came to, and no saving for an item', () => {
    const order = only(
      till(
        'CASH CROP TOMATOES 2.00',
        'YOU SAVED 0.40',
        'GIFT WRAP 1.00',
        'SUBTOTAL 3.00',
        'TOTAL 3.00',
        'CASH TEND 5.00',
        'CHANGE DUE 2.00',
      ),
    );
    expect(short(order)).toEqual([
      ['CASH CROP TOMATOES', 1, 200],
      ['GIFT WRAP', 1, 100],
    ]);
    expect(order.payments).toEqual([{ type: 'CASH', cents: 500 }]);
  });

  it('put the check digit to codes that are printed without it, and leave whole ones', () => {
    const cut = only(till('A MILK 020000103656 1.17 X', 'B TEA 020000103657 0.79 X', 'SUBTOTAL 1.96', 'TOTAL 1.96'));
    expect(cut.lines.map(({ upc }) => upc)).toEqual(['200001036569', '200001036576']);
    const whole = only(till('A MILK 200001034961 1.17 X', 'SUBTOTAL 1.17', 'TOTAL 1.17'));
    expect(whole.lines.map(({ upc }) => upc)).toEqual(['200001034961']);
  });

  it('of several purchases in one text are several orders', () => {
    const one = till('B TEA 200001016585 F N 2.00', 'SUBTOTAL 2.00', 'TOTAL 2.00');
    const { orders } = reading(`${one}\n${one.replace('7890', '7899')}`)!;
    expect(orders.map(({ numberKey }) => numberKey)).toEqual(['12345678901234567890', '12345678901234567899']);
  });

  it('keep no digits of a card, no street and no telephone', () => {
    const order = only(
      till(
        'B TEA 200001016585 F N 2.00',
        'SUBTOTAL 2.00',
        'TOTAL 2.00',
        'VISA TEND 2.00',
        'ACCOUNT # **** **** **** 9071',
        'MGR. MARLOW TINDALL',
        '803-555-0142',
      ),
    );
    expect(JSON.stringify(order)).not.toMatch(/9071|MARLOW|0142/);
  });

  it('of a shop that nobody can tell ask, and bring no order', () => {
    const { orders, questions } = reading('CORNER SHOP\nTEA   2.00\nSUBTOTAL 2.00\nTOTAL 2.00\n01/02/2025')!;
    expect([orders, questions[0]!.code]).toEqual([[], 'shop_unknown']);
  });

  it('leave other texts to other formats, tables with a subtotal among them', () => {
    for (const text of ['the quick brown fox', 'Item,Price\nTea,2.00\nSubtotal,2.00\nTotal,2.00'])
      expect(receiptText.read(open({ name: null, bytes: Buffer.from(text) }))).toBeNull();
  });
});
