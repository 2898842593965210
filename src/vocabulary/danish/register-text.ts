import { allergensOf, type NamedAllergens } from './allergens-of.js';
import { foodOf, isNoFood, type FoodFound } from './food-of.js';
import { readSize, type PrintedSize } from './sizes.js';
import { stateOf, type FoodState } from './state-of.js';
import { foods, words } from './tables.js';
import { wordsOf } from './words-of.js';

/**
 * What a Danish register text ("HK. OKSEKØD 8-12% 400G") says. It is data and nothing else: whatever stands in it is never followed. Names alone are
 * judged, so allergens that it does not name are unknown, and a plainer reading never takes one away that the text names.
 */
export interface RegisterText extends FoodFound {
  size: Omit<PrintedSize, 'rest' | 'percent'>;
  isOrganic: boolean;
  state: FoodState;
  allergens: NamedAllergens;
}

/** Longer ones are no register's. */
const MOST = 200;
const DROPPED = ['marketing', 'brand', 'organic'] as const;

/** `category`: where the shop files it, in Danish, e.g. "Mejeri>Skyr"; a hint, empty where there is none. */
export function readRegisterText(text: string, category = ''): RegisterText {
  const lower = text.slice(0, MOST).normalize('NFC').toLowerCase();
  const { percent, rest, ...size } = readSize(lower);
  const all = wordsOf(rest);
  const organic = words().get('organic')!;
  const told = all.filter((word, at) => !isDropped(all, word, at));
  const found = foodOf({ words: told, category, percent });
  const food = foods().find((one) => one.food === found.food);
  return {
    ...found,
    size,
    isOrganic: all.some((word) => organic.has(word)),
    state: isNoFood(all) ? 'none' : stateOf(all, category, food?.category ?? ''),
    allergens: allergensOf(all, category, food?.allergenNote ?? ''),
  };
}

/** What says nothing of the food, unless a food is named so. */
function isDropped(all: readonly string[], word: string, at: number): boolean {
  if (all.length === 1) return false;
  const isTold = DROPPED.some((kind) => words().get(kind)!.has(word) || words().get(kind)!.has(`${word}.`));
  const pair = [`${word} ${all[at + 1] ?? ''}`, `${all[at - 1] ?? ''} ${word}`];
  return (isTold && !NAMING.has(word)) || pair.some((words_) => words().get('brand')!.has(words_));
}

/** Marketing words that foods are named by. */
const NAMING = new Set(['naturel', 'natur', 'mini']);
