import { evidenceOf } from './evidence.js';

describe('evidence of a product', () => {
  it.each([
    ['name:1/2', 'words', ['1', '2']],
    ['name:no-oat', 'without', ['oat']],
    ['size:3x 6 ct', 'packsOf', ['3', '6 ct']],
    ['size:2x', 'packs', ['2']],
    ['unit-price:98.0c/each', 'unitPrice', ['98.0', 'each']],
    ['refused:brand:other:3', 'refused', ['brand:other', '3']],
    ['allergen:peanut:may:nuts', 'allergen', ['peanut']],
    ['diet:vegan', 'diet', ['vegan']],
  ])('is read: %s', (text, name, told) => expect(evidenceOf(text)).toEqual({ name, told }));

  it('stands as it is told where it is of no shape that is known', () => {
    expect(evidenceOf('substitution:similar')).toBeNull();
    expect(evidenceOf('something new')).toBeNull();
  });
});
