import type { Cart } from '../../../sdk/client.js';
import { number } from '../language/format.js';
import { language } from '../language/words.js';

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

/** Units of the API as Danes call them; what was said in Danish stands as it was said. */
const DANISH: Readonly<Record<string, string>> = {
  pack: 'pk.',
  package: 'pk.',
  bag: 'pose',
  bottle: 'flaske',
  box: 'æske',
  bunch: 'bundt',
  can: 'dåse',
  carton: 'karton',
  clove: 'fed',
  cup: 'kop',
  dozen: 'dusin',
  jar: 'glas',
  loaf: 'brød',
  pinch: 'knivspids',
  slice: 'skive',
  stick: 'stang',
  tablespoon: 'spsk.',
  teaspoon: 'tsk.',
  tub: 'bæger',
};

const unitName = (unit: string): string => (language.value === 'da' ? DANISH[unit] : undefined) ?? SHORT[unit] ?? unit;

/** "2 lb", "2–3 ×"; empty where no amount was told. */
export function amountOf({ quantity, quantityMax, unit }: Line): string {
  if (quantity === null) return '';
  const amount = quantityMax === null ? count(quantity) : `${count(quantity)}–${count(quantityMax)}`;
  return unit === null || unit === 'each' ? `${amount} ×` : `${amount} ${unitName(unit)}`;
}

/** What else was said of it. */
export const besides = ({ brand, size, notes }: Line): string[] =>
  [brand, size, notes].filter((part): part is string => part !== null);
