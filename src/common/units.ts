/** Amounts in one base per dimension: grams, millilitres, pieces. Factors by NIST Handbook 44, appendix C. */
export type Dimension = 'mass' | 'volume' | 'count';

export interface Amount {
  dimension: Dimension;
  amount: number;
}

const UNITS: Readonly<Record<string, readonly [Dimension, number]>> = {
  g: ['mass', 1],
  gram: ['mass', 1],
  kg: ['mass', 1000],
  kilogram: ['mass', 1000],
  oz: ['mass', 28.349523125],
  ounce: ['mass', 28.349523125],
  lb: ['mass', 453.59237],
  pound: ['mass', 453.59237],
  ml: ['volume', 1],
  milliliter: ['volume', 1],
  l: ['volume', 1000],
  liter: ['volume', 1000],
  'fl oz': ['volume', 29.5735295625],
  cup: ['volume', 236.5882365],
  pint: ['volume', 473.176473],
  pt: ['volume', 473.176473],
  quart: ['volume', 946.352946],
  qt: ['volume', 946.352946],
  gallon: ['volume', 3785.411784],
  gal: ['volume', 3785.411784],
  each: ['count', 1],
  ea: ['count', 1],
  ct: ['count', 1],
  count: ['count', 1],
  piece: ['count', 1],
  dozen: ['count', 12],
};

/** A quantity of a unit in its base, or null for units that are no measure ("bunch", "pack", none). */
export function toBase(quantity: number, unit: string | null): Amount | null {
  const name = (unit ?? '').trim().toLowerCase().replace(/\.$/, '');
  const row = UNITS[name] ?? UNITS[name.replace(/s$/, '')];
  return row ? { dimension: row[0], amount: quantity * row[1] } : null;
}
