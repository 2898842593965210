import type { CartLine } from '../provider.js';

/** Days a shopping list lives; their field is in days. */
export const EXPIRES_DAYS = 30;

/** Their unit words. An unlisted unit works there but its quantity is not matched, so it becomes "each". */
const UNITS: Readonly<Record<string, string>> = {
  gallon: 'gallon',
  gal: 'gallon',
  quart: 'quart',
  qt: 'quart',
  pint: 'pint',
  pt: 'pint',
  cup: 'cup',
  'fl oz': 'fl oz ounce',
  l: 'liter',
  liter: 'liter',
  ml: 'milliliter',
  oz: 'ounce',
  ounce: 'ounce',
  lb: 'pound',
  pound: 'pound',
  g: 'gram',
  kg: 'kilogram',
  tbsp: 'tablespoon',
  tsp: 'teaspoon',
  can: 'can',
  bunch: 'bunch',
  package: 'package',
};

/** The body of `products_link`. `name` is their search text, so quantity and brand stay out of it. */
export function listOf(items: readonly CartLine[]): object {
  return {
    title: 'Shopping list',
    link_type: 'shopping_list',
    expires_in: EXPIRES_DAYS,
    line_items: items.map((line) => ({
      name: line.name,
      line_item_measurements: [{ quantity: line.quantity, unit: unitOf(line.unit) }],
      ...(line.brand ? { filters: { brand_filters: [line.brand] } } : {}),
    })),
  };
}

function unitOf(unit: string | null): string {
  const name = (unit ?? '').trim().toLowerCase();
  return UNITS[name] ?? UNITS[name.replace(/s$/, '')] ?? 'each';
}
