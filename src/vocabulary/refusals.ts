import { avoidedBy } from './allergens.js';
import { DIETS } from './diet-names.js';
import { dietNamed, dietsNear } from './diets.js';

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

/** The same for a diet. */
export function unreadDiet(word: string): string | null {
  if (dietNamed(word) !== null) return null;
  return `"${word}" names no diet that foods can be checked for.${suggested(dietsNear(word))} There are ${DIETS.join(', ')}.`;
}

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
