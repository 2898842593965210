import { wordsOf } from '../../../vocabulary/words.js';
import { shelved } from './vocabulary.js';
import { spokenOf } from './spoken.js';

/** Words that find nothing by themselves and much that is not meant. */
const UNSEARCHED = new Set('a an and of the for in with or on to x fresh'.split(' '));
/** What a word alone means on a list, where a shop's search would bring everything made of it first. */
const ALONE: ReadonlyMap<string, string> = new Map([
  ['tomato', 'roma vine tomatoes'],
  ['fresh tomato', 'roma vine tomatoes'],
  ['rice', 'white rice'],
]);
const ACCENTS = /[\u0300-\u036f]/g;

/** What to ask a shop's search for: the line's name without amounts, in the words of the shelf where those are known to be others. */
export function searchText(name: string): string {
  const { words, read } = spokenOf(name);
  const said = shelved(words).join(' ');
  const alone = ALONE.get(said);
  if (alone !== undefined) return alone;
  if (said === wordsOf(name).join(' ')) return name.normalize('NFKD').replace(ACCENTS, '');
  const spelled = spellings(read.rest);
  const text = shelved(words)
    .filter((word) => !UNSEARCHED.has(word))
    .map((word) => spelled.get(word) ?? word);
  return text.length === 0 ? name : text.join(' ');
}

/** Words as they were written: a shop's search may know cookies and no "cooky". */
const spellings = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(/[^a-z0-9æøå'%/.-]+/).flatMap((said) => {
      const words = wordsOf(said);
      return words.length === 1 ? [[words[0]!, said] as const] : [];
    }),
  );
