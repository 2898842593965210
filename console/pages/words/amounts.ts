import type { Cart } from '../../../sdk/client.js';
import { number } from '../../kit/language/format.js';

export type Line = Cart['lines'][number];

const count = (value: number): string => number(value, Number.isInteger(value) ? 0 : 2);

/** Of those that are written short; others stand as they were said. */
const SHORT: Readonly<Record<string, string>> = {
  gram: 'g',
  kilogram: 'kg',
  ounce: 'oz',
  pound: 'lb',
  milliliter: 'ml',
  deciliter: 'dl',
  liter: 'l',
  teaspoon: 'tsp',
  tablespoon: 'tbsp',
};

/** "2 lb", "2–3 ×"; empty where no amount was told. */
export function amountOf({ quantity, quantityMax, unit }: Line): string {
  if (quantity === null) return '';
  const amount = quantityMax === null ? count(quantity) : `${count(quantity)}–${count(quantityMax)}`;
  return unit === null || unit === 'each' ? `${amount} ×` : `${amount} ${SHORT[unit] ?? unit}`;
}

/** What else was said of it. */
export const besides = ({ brand, size, notes }: Line): string[] =>
  [brand, size, notes].filter((part): part is string => part !== null);
