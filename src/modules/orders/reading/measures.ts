import type { Measure } from './reading.js';

/** Weights and volumes as files write them. Pure. */
const UNITS = new Map(
  [
    'lb lbs pound pounds',
    'oz ounce ounces',
    'kg kgs kilogram kilograms kilo',
    'g gr gram grams',
    'gal gallon gallons',
    'l litre litres liter liters',
    'ml',
  ].flatMap((names) => names.split(' ').map((name, _, [unit]): [string, string] => [name, unit!])),
);

/** `1.66 lb`, `0,85 kg`; null for what is a count, or nothing of it. */
export function measureOf(value: unknown, label: unknown = null): Measure | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.normalize('NFKC') : '';
  const match = /^\s*(\d{1,5}(?:[.,]\d{1,4})?)\s*([a-z]{1,10})?\.?\s*$/i.exec(text);
  const word = match?.[2] ?? (typeof label === 'string' ? label.trim() : '');
  const unit = UNITS.get(word.toLowerCase());
  const amount = Number(match?.[1]?.replace(',', '.'));
  return unit === undefined || !(amount > 0) ? null : { value: amount, unit };
}
