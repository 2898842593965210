import type { LineState, Measure } from './reading.js';

/** Amounts as files write them. Pure; what is no amount is null, and never 0. */

/** Beyond this nothing is a price of groceries: 10 million in the smallest unit's hundred. */
const MOST_CENTS = 1_000_000_000;
const SPACES = /[\s\u00a0\u202f]/g;
const AMOUNT = /^([-+−(]?)(?:USD|CAD|CDN|EUR|US|CA|C)?([$€£]?)([-−]?)(\d[\d.,']*)\)?(?:USD|CAD|EUR|[$€£](?:US|CA)?)?$/i;

/**
 * Hundredths of a currency's unit from a text or a number: `$1,234.50`, `1.234,50 €`, `CDN$ 3.99`, `(5.00)`, `Free` (0). Of two prices
 * in one text (`$6.30$7.72`) the first, which was charged; the other was struck. `decimal` says which mark the file uses where one
 * alone could be either.
 */
export function centsOf(value: unknown, decimal: '.' | ',' = '.'): number | null {
  if (typeof value === 'number') return bounded(Math.round(value * 100));
  if (typeof value !== 'string' || value === '') return null;
  const text = value.normalize('NFKC').replaceAll(SPACES, '');
  if (/^(free|gratis|kostenlos|gratuit)$/i.test(text)) return 0;
  const [first] = text.split(/(?<=\d)(?=[$€£])/).filter((part) => /\d/.test(part));
  const match = AMOUNT.exec(first === undefined ? text : first.length > 1 ? first : text);
  const plain = match && plainNumber(match[4]!, decimal);
  if (!match || plain === null) return null;
  const isNegative = /[-−(]/.test(match[1]!) || match[3] !== '';
  return bounded(Math.round(Number(plain) * 100) * (isNegative ? -1 : 1));
}

/** What so many, or so much, cost at a price each; null where one of them is not known. */
export const costOf = (unitCents: number | null, amount: number | null): number | null =>
  unitCents === null || amount === null ? null : Math.round(unitCents * amount);

/** The second of two prices in one text (`$6.30$7.72`), which was struck; null where there is one alone. */
export function struckCentsOf(value: unknown): number | null {
  const [, second] = typeof value === 'string' ? (value.match(/[$€£]\s?\d[\d.,]*/g) ?? []) : [];
  return second === undefined ? null : centsOf(second);
}

function bounded(cents: number): number | null {
  if (!Number.isFinite(cents) || Math.abs(cents) > MOST_CENTS) return null;
  return cents === 0 ? 0 : cents;
}

/** Digits with at most one point, or null for what is no number. */
function plainNumber(text: string, decimal: '.' | ','): string | null {
  const marks = text.replaceAll(/[\d']/g, '');
  const last = marks.at(-1);
  if (last === undefined) return text.replaceAll("'", '');
  const at = text.lastIndexOf(last);
  const places = text.length - at - 1;
  const isAlone = marks.length === 1;
  const isDecimal = isAlone ? (last === decimal ? true : places !== 3) : marks[0] !== last;
  if (!isDecimal) return /^\d{1,3}([.,']\d{3})+$/.test(text) ? text.replaceAll(/[.,']/g, '') : null;
  const whole = text.slice(0, at).replaceAll(/[.,']/g, '');
  return places === 0 || !/^\d+$/.test(text.slice(at + 1)) ? null : `${whole}.${text.slice(at + 1)}`;
}

/** How many: 1 to 9,999, in decimals at most three. Null for what is none, negative ones among them. */
export function quantityOf(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.normalize('NFKC') : '';
  const match = /^\s*(?:qty:?\s*)?(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:x)?\s*$/i.exec(text);
  return match ? Number(match[1]!.replace(',', '.')) : null;
}

const UNITS = new Map(
  [
    'lb lb lbs pound pounds livre livres libra libras pfund',
    'oz oz ozs ounce ounces once onces onza onzas unze unzen',
    'kg kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes kilogramo kilogramos kilogramm',
    'g g gr gram grams gramme grammes gramo gramos gramm',
  ].flatMap((words) => {
    const [unit = '', ...names] = words.split(' ');
    return names.map((name): [string, string] => [name, unit]);
  }),
);
const PIECES = /^(?:x|ct|ea|each|pc|pcs|piece|pieces|pk|unit|units|item|items|stk|stuck|pieza|piezas|unites?)?$/;

/** How many, or how much of what is weighed: `3`, `3 ct`, `x3`, `2.35 lb` (one, of that weight). Null for what is neither. */
export function measuredOf(value: unknown): { quantity: number; measure: Measure | null } | null {
  const known = quantityOf(value);
  if (known !== null) return { quantity: known, measure: null };
  if (typeof value !== 'string') return null;
  const text = value.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
  const [, amount, words = ''] = /^x? ?(\d{1,4}(?:[.,]\d{1,3})?) ?([a-z]{0,12})\.?$/.exec(text) ?? [];
  if (amount === undefined) return null;
  const number = Number(amount.replace(',', '.'));
  const unit = UNITS.get(words);
  if (unit !== undefined) return { quantity: 1, measure: { value: number, unit } };
  return PIECES.test(words) ? { quantity: number, measure: null } : null;
}

const CURRENCIES: readonly [RegExp, string][] = [
  [/\b(CAD|CDN)\b|\bCA? ?\$|CDN\$|\$ ?CA?\b/i, 'CAD'],
  [/\bUSD\b|\bUS ?\$|\$ ?US\b/i, 'USD'],
  [/\bEUR\b|€/i, 'EUR'],
  [/\bGBP\b|£/i, 'GBP'],
];

/** The currency that a text names, ISO 4217; null where it names none, as `$` alone does not. */
export const currencyIn = (text: string): string | null =>
  CURRENCIES.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** What became of a row, by the words for it; what names no end was bought. Words of progress (`12 shopped`) and codes are none. */
export function stateOf(text: unknown): LineState {
  const words = typeof text === 'string' ? text.toLowerCase() : '';
  if (/unavailable|out of stock|not available|nicht verfügbar|indisponible|no? disponible|rupture|agotado/.test(words))
    return 'unavailable';
  if (/cancel|storniert|annul/.test(words)) return 'cancelled';
  if (/return|refunded|zurück|retourné|rembours|devuelto|reembols/.test(words)) return 'returned';
  if (/substitut|replace|remplac|ersetzt|sustitui|reemplaz/.test(words)) return 'substituted';
  return 'bought';
}
