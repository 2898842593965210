import { barsOf, centsOf } from './amounts.js';

describe('amounts', () => {
  it.each([
    ['3.98', 398],
    ['3,98', 398],
    [' 4 ', 400],
    ['0.5', 50],
    ['0', null],
    ['1.234', null],
    ['-1', null],
    ['', null],
    ['milk', null],
  ])('reads %j as %j', (text, cents) => expect(centsOf(text)).toBe(cents));

  it('are drawn beside the longest, and what is not known has no length', () => {
    const bars = barsOf([200, 100, null, -5], (cents) => cents);
    expect(bars.map(({ share }) => share)).toEqual([1, 0.5, 0, 0]);
    expect(barsOf([null], (cents) => cents)).toEqual([{ row: null, share: 0 }]);
  });
});
