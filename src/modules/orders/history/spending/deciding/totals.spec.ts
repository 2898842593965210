import { named, totalsOf, type Spent } from './totals.js';

const row = (known: Partial<Spent>): Spent => ({
  key: '2025-03',
  name: null,
  currency: 'USD',
  goodsCents: 0,
  totalCents: null,
  refundCents: null,
  orders: 1,
  ordersWithoutTotal: 0,
  linesWithoutPrice: 0,
  ...known,
});

describe('totals of what was spent', () => {
  it('are one for each currency, which are never added together', () => {
    const totals = totalsOf([
      row({ goodsCents: 100, totalCents: 120 }),
      row({ currency: 'EUR', goodsCents: 50, totalCents: 50 }),
      row({ goodsCents: 1, totalCents: 2, linesWithoutPrice: 3 }),
    ]);
    expect(totals.map(({ currency, goodsCents, totalCents }) => [currency, goodsCents, totalCents])).toEqual([
      ['EUR', 50, 50],
      ['USD', 101, 122],
    ]);
    expect(totals[1]).toMatchObject({ orders: 2, linesWithoutPrice: 3 });
  });

  it('take what is unknown for nothing nowhere but beside what is known', () => {
    expect(totalsOf([row({}), row({})])[0]).toMatchObject({ totalCents: null, refundCents: null });
    expect(totalsOf([row({ goodsCents: null }), row({ goodsCents: null })])[0]!.goodsCents).toBeNull();
    expect(totalsOf([row({ goodsCents: null }), row({ goodsCents: 7 })])[0]!.goodsCents).toBe(7);
    expect(totalsOf([row({}), row({ refundCents: 0 }), row({ refundCents: 7 })])[0]!.refundCents).toBe(7);
  });

  it('of nothing are none', () => {
    expect(totalsOf([])).toEqual([]);
  });
});

describe('what was spent by month', () => {
  it('says apart what orders without a date cost, and that of nothing else', () => {
    const rows = [row({}), row({ key: null })];
    expect(named('month', rows).map(({ name }) => name)).toEqual([null, 'orders without a date']);
    expect(named('group', rows)).toEqual(rows);
  });
});
