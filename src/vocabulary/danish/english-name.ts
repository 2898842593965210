import { once } from '../tables.js';
import { foodOf } from './food-of.js';
import { englishNames } from './tables.js';
import { wordsOf } from './words-of.js';

/** What only Danish writes. */
const LETTERS = /[æøå]/i;
const ORGANIC = /^(øko|økologisk[et]?)$/;
/** Said of goods, and nothing that a shop abroad would look for. */
const FILLING = new Set(['dansk', 'danske', 'lidt', 'lækker', 'lækre', 'god', 'gode']);

const byWords = once(() => new Map(englishNames().map(({ name, english }) => [wordsOf(name).join(' '), english])));

/**
 * What shops that speak English call what a Danish list names; null for what is not Danish, or not known. `isDanish`: whether the list
 * is, for some words stand in both languages ("is", "and"). Pure.
 */
export function englishNameOf(name: string, isDanish: boolean): string | null {
  if (!isDanish && !LETTERS.test(name)) return null;
  const all = wordsOf(name.toLowerCase());
  const words = all.filter((word) => !ORGANIC.test(word) && !FILLING.has(word));
  const told = byWords().get(words.join(' ')) ?? coreFoodOf(words);
  if (told === null) return null;
  return all.some((word) => ORGANIC.test(word)) ? `organic ${told}` : told;
}

function coreFoodOf(words: readonly string[]): string | null {
  const { food, match } = foodOf({ words, category: '', percent: null });
  return match === 'exact' ? food : null;
}
