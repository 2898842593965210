import { toBase, type Amount, type Dimension } from '../../../common/units.js';

/** What one pack holds, in each base that its label tells: grams, millilitres, pieces. Null: not told. */
export type Pack = Readonly<Record<Dimension, number | null>>;

const UNTOLD: Pack = { mass: null, volume: null, count: null };

/** "12 pk" and "12 ct" before another measure multiply it: 12 cans of 12 fl oz. */
const MULTIPLIERS = new Set(['x', 'ct', 'count', 'pk', 'pack', 'can', 'bottle', 'pouch', 'box', 'each', 'ea', 'bar']);
const COUNTERS = new Set([
  'pk',
  'pack',
  'can',
  'bottle',
  'roll',
  'pouch',
  'pod',
  'bag',
  'tortilla',
  'egg',
  'slice',
  'load',
]);
/** Measures that stand for one of themselves without a number: "whole milk, gallon". */
const BARE = new Set([
  'gallon',
  'gal',
  'quart',
  'qt',
  'pint',
  'liter',
  'litre',
  'dozen',
  'half gallon',
  'half gal',
  'half dozen',
]);

interface Found {
  amount: Amount;
  /** How many words it took. */
  length: number;
  multiplies: boolean;
}

/** The amount that begins at a word, if one does: "5 lb", "64 fl oz", "1/2 gal", "500ml", "half gallon", "6 pack". */
export function amountAt(words: readonly string[], at: number): Found | null {
  const word = words[at]!;
  if (word === 'half' && BARE.has(`half ${words[at + 1]}`))
    return { amount: toBase(1, `half ${words[at + 1]}`)!, length: 2, multiplies: false };
  if (BARE.has(word)) return { amount: toBase(1, word)!, length: 1, multiplies: false };
  const digits = digitsOf(word);
  const number = numberOf(word.slice(0, digits));
  if (number === null) return null;
  if (digits < word.length) {
    const amount = toBase(number, word.slice(digits));
    return amount && { amount, length: 1, multiplies: false };
  }
  const [next = '', afterNext = ''] = [words[at + 1], words[at + 2]];
  const pair = toBase(number, `${next} ${afterNext}`);
  if (pair) return { amount: pair, length: 3, multiplies: false };
  const counted = COUNTERS.has(next) ? { dimension: 'count' as const, amount: number } : null;
  const amount =
    toBase(number, next) ?? counted ?? (next === 'x' ? { dimension: 'count' as const, amount: number } : null);
  return amount && { amount, length: 2, multiplies: MULTIPLIERS.has(next) };
}

/** Grams, millilitres or pieces that a pack on a shelf can hold; anything else is a slip of the label. */
const [LEAST, MOST] = [0.1, 1e6];

/** What the words of a size say of one pack; of several statements of one dimension the first holds. */
export function packIn(words: readonly string[]): Pack {
  const pack: Record<Dimension, number | null> = { ...UNTOLD };
  let times = 1;
  for (let at = 0; at < words.length;) {
    const found = amountAt(words, at);
    if (found) {
      const { dimension, amount } = found.amount;
      const held = dimension === 'count' ? amount : amount * times;
      if (held >= LEAST && held <= MOST) pack[dimension] ??= held;
      times = found.multiplies && dimension === 'count' && amount > 0 ? amount : 1;
    }
    at += found?.length ?? 1;
  }
  return pack;
}

export const tells = (pack: Pack): boolean => pack.mass !== null || pack.volume !== null || pack.count !== null;

const digitsOf = (word: string): number => {
  let length = 0;
  while (length < word.length && DIGITS.includes(word[length]!)) length++;
  return length;
};

const DIGITS = '0123456789./';

/** "2", "0.5" or "1/2"; null for what is no positive number, as "80/20" of ground beef is none of a size. */
function numberOf(text: string): number | null {
  if (text === '') return null;
  const [top, bottom] = text.split('/');
  const number = bottom === undefined ? Number(top) : Number(top) / Number(bottom);
  return Number.isFinite(number) && number > 0 ? number : null;
}
