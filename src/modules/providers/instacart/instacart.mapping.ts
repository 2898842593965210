import type { CartLine } from '../provider.js';

/** Days a shopping list lives; their field is in days, at most 365. */
export const EXPIRES_DAYS = 30;

/**
 * Their unit words by ours. An unlisted unit works there but its quantity is not matched, so it becomes "each". Plain "fl oz" is not
 * among theirs, and "tbsp" is missing from one copy of their list.
 */
const UNITS: Readonly<Record<string, string>> = {
  each: 'each',
  ea: 'each',
  gallon: 'gallon',
  gal: 'gallon',
  quart: 'quart',
  qt: 'quart',
  pint: 'pint',
  pt: 'pint',
  cup: 'cup',
  c: 'cup',
  'fl oz': 'fl oz ounce',
  'fluid ounce': 'fl oz ounce',
  l: 'liter',
  liter: 'liter',
  litre: 'liter',
  ml: 'milliliter',
  milliliter: 'milliliter',
  millilitre: 'milliliter',
  oz: 'ounce',
  ounce: 'ounce',
  lb: 'pound',
  pound: 'pound',
  g: 'gram',
  gram: 'gram',
  kg: 'kilogram',
  kilogram: 'kilogram',
  tbsp: 'tablespoon',
  tablespoon: 'tablespoon',
  tsp: 'teaspoon',
  teaspoon: 'teaspoon',
  can: 'can',
  bunch: 'bunch',
  bunche: 'bunch', // "bunches" without its s
  head: 'head',
  ear: 'ears',
  package: 'package',
  pack: 'package',
  packet: 'packet',
};

/** The body of `products_link`. `name` is their search text, so quantity and brand stay out of it. */
export function listOf(items: readonly CartLine[]): object {
  return {
    title: 'Shopping list',
    link_type: 'shopping_list',
    expires_in: EXPIRES_DAYS,
    line_items: items.map((line) => ({
      name: line.name,
      line_item_measurements: [measurement(line)],
      ...(line.brand ? { filters: { brand_filters: [line.brand] } } : {}),
    })),
  };
}

/** A dozen is twelve there: they have no word for it. */
function measurement({ quantity, unit }: CartLine): { quantity: number; unit: string } {
  const name = (unit ?? '').trim().toLowerCase().replace(/\.$/, '');
  if (/^(dozen|dz)$/.test(name)) return { quantity: quantity * 12, unit: 'each' };
  return { quantity, unit: UNITS[name] ?? UNITS[name.replace(/s$/, '')] ?? 'each' };
}
