import { dictionary } from '../../../../common/dictionary.js';
import { ENGLISH_NUMBERS } from '../../../../vocabulary/amounts.js';
import type { Token } from './tokens.js';

const VALUES = dictionary<number>({
  ...ENGLISH_NUMBERS,
  zero: 0,
  single: 1,
  thrice: 3,
  twice: 2,
  nul: 0,
  et: 1,
  en: 1,
  to: 2,
  tre: 3,
  fire: 4,
  fem: 5,
  seks: 6,
  syv: 7,
  otte: 8,
  ni: 9,
  ti: 10,
  elleve: 11,
  tolv: 12,
  tretten: 13,
  fjorten: 14,
  femten: 15,
  seksten: 16,
  sytten: 17,
  atten: 18,
  nitten: 19,
  tyve: 20,
  tredive: 30,
  fyrre: 40,
  halvtreds: 50,
  par: 2,
  halv: 0.5,
  halvt: 0.5,
  halve: 0.5,
  kvart: 0.25,
  halvanden: 1.5,
  halvandet: 1.5,
});
const SCALES = dictionary<number>({
  hundred: 100,
  thousand: 1000,
  million: 1e6,
  billion: 1e9,
  hundrede: 100,
  tusind: 1000,
});
const ARTICLES = new Set(['a', 'an']);
/** Danish number words that English knows as something else. */
const DANISH_ONLY = new Set(['to', 'en', 'et', 'fire', 'ti', 'ni', 'fem', 'elleve', 'par']);

/** What a number word says, in Danish too where the text is Danish; null for any other word. */
export function wordValue(key: string, isDanish: boolean): number | null {
  if (!isDanish && DANISH_ONLY.has(key)) return null;
  const plain = VALUES[key];
  if (plain !== undefined) return plain;
  if (!key.includes('-')) return null;
  const parts = key.split('-');
  if (parts.length === 2 && VALUES[parts[0]!]! >= 20 && VALUES[parts[1]!]! < 10)
    return VALUES[parts[0]!]! + VALUES[parts[1]!]!;
  return null;
}

export const isScale = (key: string): boolean => key in SCALES;

/**
 * What tokens of one amount come to: "2", "1 1/2", "two and a half", "half a", "twenty five", "two point five", "a couple of", "three
 * hundred". A number that follows another with a dash, "to" or "or" between is the upper end. Null where nothing in them is a number.
 */
export function amountOf(tokens: readonly Token[], isDanish: boolean): { value: number; most: number | null } | null {
  const values: number[] = [];
  let current: number | null = null;
  let isPoint = false;
  let isSum = false;
  const push = () => {
    if (current !== null) values.push(current);
    current = null;
  };
  for (const token of tokens) {
    if (/^(-|–|—|or|eller|to|til|through)$/.test(token.key) && current !== null && !(isDanish && token.key === 'to')) {
      push();
      continue;
    }
    if (/^(point|komma)$/.test(token.key) && current !== null) {
      isPoint = true;
      continue;
    }
    if (/^(and|og|&|plus)$/.test(token.key)) {
      isSum = current !== null;
      continue;
    }
    if (isScale(token.key)) {
      current = (current ?? 1) * SCALES[token.key]!;
      continue;
    }
    const value: number | null = token.value ?? wordValue(token.key, isDanish);
    if (value === null) continue;
    if (current === null) current = value;
    else if (isPoint) current += value / 10 ** String(value).length;
    else if (value < 1 && (isSum || !ARTICLES.has(token.key)))
      current = isSum || (Number.isInteger(current) && current !== 1) ? current + value : current * value;
    else if (ARTICLES.has(token.key) || (isDanish && /^(en|et)$/.test(token.key))) continue;
    else if (current === 1 && value >= 1 && !isSum) current = value;
    else if (current >= 20 && current < 100 && value < 10) current += value;
    else if (current >= 100 && isSum) current += value;
    else if (current < 1 && value === 12) current *= value;
    else break;
    isPoint = false;
  }
  push();
  const [first, second] = values;
  if (first === undefined) return null;
  return { value: first, most: second !== undefined && second > first ? second : null };
}
