import { measured, packOf } from './packs.js';
import { keysAtShop, nameKey, shopOf } from './product-keys.js';

describe('the pack that a price is for', () => {
  it.each([
    ['64 fl oz', 'Oat Milk', 'ml', 1892.7],
    [null, 'Oat Milk, 64 fl oz', 'ml', 1892.7],
    ['2 lb', 'Chicken', 'g', 907.2],
    ['12 ct', 'Large Eggs', 'each', 12],
    ['6 x 330 ml', 'Cola', 'ml', 1980],
    [null, 'Bananas', 'each', 1],
    [null, null, 'each', 1],
  ])('of %s %s is on the base %s', (size, name, unit, amount) => {
    const pack = packOf(size, name);
    expect(pack.unit).toBe(unit);
    expect(pack.amount).toBeCloseTo(amount, 0);
  });

  it('of what was weighed is by its measure, and of no measure none', () => {
    expect(measured(1.5, 'lb')!.amount).toBeCloseTo(680.4, 0);
    expect(measured(1, 'bunch')).toBeNull();
  });
});

describe('what a product goes by', () => {
  it('is the same in a shop’s quotes and in the orders of that shop', () => {
    expect(shopOf('WALMART_API')).toBe('walmart');
    expect(keysAtShop('walmart', ['us:811', 'gtin:78742', 'name:oat milk'])).toEqual(['walmart/811']);
    expect(keysAtShop('kroger', ['gtin:1111041700'])).toEqual(['kroger/0001111041700']);
  });

  it('is its name where nothing else is known, in whatever case it is written', () => {
    expect(nameKey('Oat  MILK')).toBe(nameKey('oat milk'));
  });
});
