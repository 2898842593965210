/** Amounts in one base per dimension: grams, millilitres, pieces. Factors by NIST Handbook 44, appendix C. */
export type Dimension = 'mass' | 'volume' | 'count';

export interface Amount {
  dimension: Dimension;
  amount: number;
}

/** US customary measures; "oz" is avoirdupois, so a liquid is "fl oz". One spelling a word, singular. */
const UNITS: ReadonlyMap<string, readonly [Dimension, number]> = new Map([
  ...row('mass', 1, 'g', 'gram', 'gm'),
  ...row('mass', 0.001, 'mg', 'milligram'),
  ...row('mass', 1000, 'kg', 'kilogram', 'kilo'),
  ...row('mass', 28.349523125, 'oz', 'ounce'),
  ...row('mass', 453.59237, 'lb', 'pound'),
  ...row('volume', 1, 'ml', 'milliliter', 'millilitre'),
  ...row('volume', 10, 'cl', 'centiliter'),
  ...row('volume', 1000, 'l', 'liter', 'litre', 'ltr'),
  ...row('volume', 4.92892159375, 'tsp', 'teaspoon'),
  ...row('volume', 14.78676478125, 'tbsp', 'tablespoon', 'tbs'),
  ...row('volume', 29.5735295625, 'fl oz', 'floz', 'fluid ounce', 'fluid oz', 'fl ounce'),
  ...row('volume', 236.5882365, 'cup', 'c'),
  ...row('volume', 473.176473, 'pint', 'pt'),
  ...row('volume', 946.352946, 'quart', 'qt'),
  ...row('volume', 1892.705892, 'half gallon', 'half gal'),
  ...row('volume', 3785.411784, 'gallon', 'gal'),
  ...row('count', 1, 'each', 'ea', 'ct', 'count', 'piece', 'pc', 'item', 'whole'),
  ...row('count', 12, 'dozen', 'doz', 'dz'),
  ...row('count', 6, 'half dozen'),
]);

function row(dimension: Dimension, factor: number, ...names: string[]): [string, readonly [Dimension, number]][] {
  return names.map((name) => [name, [dimension, factor]]);
}

/** A quantity of a unit in its base, or null for units that are no measure ("bunch", "pack", none). */
export function toBase(quantity: number, unit: string | null): Amount | null {
  const name = (unit ?? '').trim().toLowerCase().replaceAll('.', '');
  const found = UNITS.get(name) ?? (name.endsWith('s') ? UNITS.get(name.slice(0, -1)) : undefined);
  return found ? { dimension: found[0], amount: quantity * found[1] } : null;
}
