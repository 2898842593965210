import { avoidedBy } from './allergens.js';
import { DIETS } from './diet-names.js';
import { dietNamed, dietsNear } from './diets.js';
import { keyOf } from './words.js';

export interface Unread {
  pointer: string;
  detail: string;
}

/** Why a word for an allergen cannot be held against foods, with words like it that can; null when it can be read. */
export function unreadAllergen(word: string): string | null {
  const read = avoidedBy(word);
  if (read.ok) return null;
  if (read.why === 'unclear')
    return `"${word}" can be read in more than one way; name each thing to avoid by itself, e.g. "milk" or "tree nuts".`;
  return `"${word}" names nothing that foods can be checked for.${suggested(read.near)}`;
}

/** The same for a diet; of one that is asked for in another way, how. */
export function unreadDiet(word: string): string | null {
  if (dietNamed(word) !== null) return null;
  const key = keyOf(word).replace(/ (diet|only|food)$/, '');
  const instead = INSTEAD.find(([words]) => words.some((one) => keyOf(one) === key));
  if (instead) return `"${word}" is no diet that foods can be checked for: ${instead[1]}.`;
  return `"${word}" names no diet that foods can be checked for.${suggested(dietsNear(word))} There are ${DIETS.join(', ')}.`;
}

const CARBOHYDRATE =
  'it is a matter of amounts; state how much carbohydrate a person may have in a day as targets.carbohydrate_g of a plan, e.g. { "max": 50 }';
/** Words for diets that something else asks for: how callers say them, and what to do instead. */
const INSTEAD: readonly (readonly [words: readonly string[], instead: string])[] = [
  [['keto', 'ketogenic', 'low carb', 'lowcarb', 'low carbohydrate', 'lchf', 'atkins'], CARBOHYDRATE],
  [
    ['lactose free', 'lactosefree', 'no lactose', 'without lactose', 'lactose intolerant', 'laktosefri'],
    'name "lactose" or "milk" in allergens',
  ],
  [
    ['omnivore', 'omnivorous', 'omni', 'everything', 'normal', 'regular', 'standard', 'none', 'no diet'],
    'who eats everything leaves diets empty',
  ],
];

const suggested = (near: readonly string[]): string =>
  near.length === 0 ? '' : ` Did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`;

/** All words that cannot be read, each with its place below `at`: who passes one over serves what somebody must not eat. */
export function unreadIn(
  { allergens = [], diets = [] }: { allergens?: readonly string[]; diets?: readonly string[] },
  at = '',
): Unread[] {
  return [...each(allergens, `${at}/allergens`, unreadAllergen), ...each(diets, `${at}/diets`, unreadDiet)];
}

const each = (words: readonly string[], at: string, why: (word: string) => string | null): Unread[] =>
  words.flatMap((word, index) => {
    const detail = why(word);
    return detail === null ? [] : [{ pointer: `${at}/${index}`, detail }];
  });
