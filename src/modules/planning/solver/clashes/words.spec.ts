import { amountText, missText, percentText } from './words.js';

describe('an amount in a sentence', () => {
  it.each([
    [3662.3, '3,662'],
    [12.34, '12.3'],
    [0, '0'],
    [55.00000000000001, '55'],
  ])('%d is %s', (amount, text) => expect(amountText(amount)).toBe(text));

  it('is told finely enough to differ from the end that it misses', () => {
    expect(missText(3661.8, 3662.3)).toEqual(['3,661.8', '3,662.3']);
    expect(missText(3500, 3662.3)).toEqual(['3,500', '3,662']);
  });

  it.each([
    [0.55, '55'],
    [0.1, '10'],
    [0.123, '12.3'],
  ])('%d of a day is %s %%', (share, text) => expect(percentText(share)).toBe(text));
});
