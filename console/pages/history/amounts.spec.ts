import { barsOf, centsOf, typed } from './amounts.js';

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

  it.each([
    ['en-US', 545, '5.45'],
    ['da-DK', 545, '5,45'],
    ['da-DK', 123_450, '1234,50'],
  ])('are typed in %s as they are read again', (locale, cents, text) => {
    expect(typed(cents, locale)).toBe(text);
    expect(centsOf(text)).toBe(cents);
  });

  it('are drawn beside the longest, and what is not known has no length', () => {
    const bars = barsOf([200, 100, null, -5], (cents) => cents);
    expect(bars.map(({ share }) => share)).toEqual([1, 0.5, 0, 0]);
    expect(barsOf([null], (cents) => cents)).toEqual([{ row: null, share: 0 }]);
  });
});
