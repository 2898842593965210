import type { Import } from '../../../sdk/client.js';
import { isWorthIt, leftOut, talliesOf, waitsForNumbers } from './telling.js';

type Outcome = NonNullable<Import['outcome']>;
const outcome = (given: Partial<Outcome> = {}): Outcome => ({
  format: 'walmart-csv',
  toldBy: null,
  orders: { new: 0, changed: 0, same: 0 },
  lines: 0,
  evidence: 0,
  skipped: [],
  questions: [],
  carts: [],
  refused: null,
  ...given,
});

describe('what an import says', () => {
  it('is told in one order, without what there is none of', () => {
    expect(talliesOf(outcome({ orders: { new: 2, changed: 0, same: 5 } }))).toEqual([
      { what: 'new', count: 2 },
      { what: 'same', count: 5 },
    ]);
    expect(talliesOf(outcome())).toEqual([]);
  });

  it('is worth importing only if anything would come of it', () => {
    expect(isWorthIt(outcome({ orders: { new: 0, changed: 0, same: 9 } }))).toBe(false);
    expect(isWorthIt(outcome({ orders: { new: 0, changed: 1, same: 0 } }))).toBe(true);
    expect(isWorthIt(outcome({ evidence: 1 }))).toBe(true);
    expect(isWorthIt(outcome({ carts: [{ title: 'Saturday', lines: [] }] }))).toBe(true);
    expect(isWorthIt(outcome({ charges: [{ on: null, cents: 100 }] }))).toBe(true);
    expect(isWorthIt(outcome({ orders: { new: 1, changed: 0, same: 0 }, refused: 'a quote is open' }))).toBe(false);
  });

  it('groups what was left out by why, the most first', () => {
    const skipped = [
      { where: 'row 2', reason: 'no date' },
      { where: 'row 3', reason: 'no name' },
      { where: 'row 4', reason: 'no name' },
    ];
    expect(leftOut(outcome({ skipped }))).toEqual([
      { reason: 'no name', places: ['row 3', 'row 4'] },
      { reason: 'no date', places: ['row 2'] },
    ]);
  });

  it('knows when it waits for numbers', () => {
    expect(waitsForNumbers(outcome({ questions: [{ code: 'number_missing', text: '' }] }))).toBe(true);
    expect(waitsForNumbers(outcome({ questions: [{ code: 'orders_differ', text: '' }] }))).toBe(false);
  });
});
