import { amountsIn } from '../../../vocabulary/amounts.js';
import { wordsOf } from '../../../vocabulary/words.js';
import { fitOf } from './fit.js';
import { offerOf, wantOf } from './reading.js';

/** Whether two products that somebody bought are one under two names, judged as a shop's product is for a line. Pure. */

/** What a product is called and nothing else: whoever compares two knows no price of the moment. */
const lineNamed = (name: string) => ({ id: 'product', name, quantity: 1, unit: null });
const productNamed = (name: string) => ({
  productId: 'product',
  name,
  brand: null,
  size: null,
  categories: [],
  priceCents: null,
  soldByWeight: false,
  inStock: null,
});

/** The words of a name without its size, in alphabetical order: the same for all sizes of a product. Empty where only a size is told. */
export const stemOf = (name: string): string => wordsOf(amountsIn(name).rest).toSorted().join(' ');

/** What a name calls the thing, and all its terms: the milk of "Value Pantry 2% Reduced Fat Milk, 1 gal". */
export function thingOf(name: string): { head: string; terms: readonly string[] } {
  const { head, terms, claims } = wantOf(lineNamed(amountsIn(name).rest || name));
  return { head, terms: [...terms, ...claims] };
}

/**
 * 0 to 1: each should answer the other, and the greater doubt counts. Where only one does ("ketchup" is answered by a brand's, which is
 * not answered by any), half of that at most. 0 for two things.
 */
export function likenessOf(one: string, other: string): number {
  const both = [answers(one, other), answers(other, one)];
  const least = Math.min(...both);
  return least > 0 ? least : Math.round(500 * Math.max(...both)) / 1000;
}

function answers(asked: string, offered: string): number {
  const want = wantOf(lineNamed(amountsIn(asked).rest || asked));
  const fit = fitOf(want, offerOf(productNamed(offered)));
  return 'refused' in fit ? 0 : Math.round(Math.max(0, 1 - fit.cost) * 1000) / 1000;
}
