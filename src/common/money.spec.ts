import fc from 'fast-check';
import { MAX_CENTS, centsOrNull, formatCents, toCents } from './money.js';

describe('money', () => {
  it.each([
    [3.49, 349],
    [1.005, 101],
    [0.1 + 0.2, 30],
    [19.99, 1999],
    [0, 0],
    [1e-9, 0],
  ])('reads %d as %d cents', (amount, cents) => expect(toCents(amount)).toBe(cents));

  it.each([NaN, Infinity, -0.01, Number.MAX_VALUE, MAX_CENTS])('refuses %d', (amount) =>
    expect(toCents(amount)).toBeNull(),
  );

  it('gives back every amount of whole cents exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_CENTS }), (cents) => {
        expect(toCents(Number(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`))).toBe(cents);
      }),
    );
  });

  it.each([1.5, -1, NaN, MAX_CENTS + 1])('takes no %d for cents', (cents) => expect(centsOrNull(cents)).toBeNull());

  it('writes cents as a person reads them', () => {
    expect(formatCents(123456)).toBe('$1,234.56');
    expect(formatCents(399, 'CAD')).toBe('CA$3.99');
    expect(formatCents(399, 'EUR')).toBe('€3.99');
    expect(formatCents(399, 'x')).toBe('3.99 x');
  });
});
