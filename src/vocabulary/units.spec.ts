import { toBase } from './units.js';

describe('amounts in one base', () => {
  it.each([
    [1, 'gallon', 'volume', 3785.411784],
    [128, 'fl oz', 'volume', 3785.411784],
    [2, 'lbs.', 'mass', 907.18474],
    [1, 'fl. oz.', 'volume', 29.5735295625],
    [3, 'Dozen', 'count', 36],
    [0.5, 'kg', 'mass', 500],
    [1, 'half gallon', 'volume', 1892.705892],
  ])('%d %s is %s %d', (quantity, unit, dimension, amount) => {
    const base = toBase(quantity, unit);
    expect(base?.dimension).toBe(dimension);
    expect(base?.amount).toBeCloseTo(amount, 6);
  });

  it.each(['bunch', 'pack', '', null, 'constructor', '__proto__', 's'])('%s is no measure', (unit) => {
    expect(toBase(1, unit)).toBeNull();
  });
});
