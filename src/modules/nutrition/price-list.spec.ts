import { shippedLibrary } from './library.js';
import { readPrices } from './price-list.js';

const { foods, recipes, prices } = shippedLibrary();

/** Products that cost less than each other in their order. */
function packsOf(food: string, variants: readonly string[]): string[] {
  const products = variants.map((variant, index) => `${index},${variant} ${food},x,${variant},each,1,oz,100,${food}`);
  const offers = variants.map((_, index) => `${index},${index + 1}.00,1`);
  const files = {
    products: ['product_id,name,type,variant,sold_by,size_value,size_unit,net_g_or_ml,core_ingredient', ...products],
    offers: ['product_id,price,in_stock', ...offers],
    forms: ['food,kind,match,grams,cents,source'],
  };
  const read = readPrices(
    { products: files.products.join('\n'), offers: files.offers.join('\n'), forms: files.forms.join('\n') },
    foods,
  );
  return read.get(food)!.map(({ product }) => product);
}

describe('prices of the catalogue', () => {
  it('are of the mild kind where a food is sold hot, too, however cheap', () => {
    expect(packsOf('salsa', ['hot', 'mild', 'medium'])).toEqual(['mild salsa', 'medium salsa']);
  });

  it('are of the hot kind where there is no other', () => {
    expect(packsOf('salsa', ['hot'])).toEqual(['hot salsa']);
  });

  it('are there for each food of each recipe but water, so that a list has a sum', () => {
    const eaten = new Set([...recipes.values()].flatMap(({ ingredients }) => ingredients.map(({ food }) => food.name)));
    expect(eaten.size).toBeGreaterThan(100);
    expect([...eaten].filter((name) => (prices.get(name) ?? []).length === 0)).toEqual(['water']);
  });
});
