import { amountsIn, type Read } from '../../../vocabulary/amounts.js';
import { isDoubtfulDiet, ShortWords } from '../../../vocabulary/short-words.js';
import { once } from '../../../vocabulary/tables.js';
import { wordsOf } from '../../../vocabulary/words.js';
import { kept } from '../../../common/kept.js';
import { brands } from './brands.js';
import { isKnownTerm } from './known-terms.js';
import { isClaim, Rank, rankOf, termsOfWords } from './vocabulary.js';

/** A line's name as it was meant: amounts apart, short words written out, what must not be apart from what must. */
export interface Spoken {
  read: Read;
  words: readonly string[];
  /** Words that must not stand on what is bought. */
  banned: ReadonlySet<string>;
  /** The whole line says that the thing is not to be bought: "no bread", "eggs (not needed)". */
  negated: boolean;
  /** A brand named, and what it stands for where its goods have no other name in the line. */
  brand: readonly string[];
  generic: readonly string[];
  /** Words that may ask for a diet and cannot be read for certain. */
  doubts: readonly string[];
}

/** The three searches of a line and the matching of their answers read the same name. */
const MOST_NAMES = 2000;
export const spokenOf = kept(MOST_NAMES, (name: string) => name, spoken);

function spoken(name: string): Spoken {
  const read = amountsIn(name);
  const { kept, banned } = withoutNegations(read.rest || name);
  const said = wordsOf(kept).filter((word) => !COURTESIES.has(word));
  const { rest, brand, generic } = withoutBrand(withoutPurpose(said.length > 0 ? said : wordsOf(kept)));
  const words = [...shortWords().written(rest), ...generic.filter((word) => !rest.includes(word))];
  const doubts = wordsOf(read.rest).filter((word) => isDoubtfulDiet(word) || MAYBE_DIET.test(word));
  return { read, words, banned, negated: isNegated(name), doubts, brand, generic };
}

/** What a thing is for is not what it is: spinach for a salad. What animals eat is another thing. */
function withoutPurpose(words: readonly string[]): readonly string[] {
  const at = words.indexOf('for');
  return at > 0 && !words.slice(at).some((word) => EATERS.has(word)) ? words.slice(0, at) : words;
}
const EATERS = new Set('dog cat pet puppy kitten baby bird fish infant toddler'.split(' '));

function withoutBrand(words: readonly string[]): {
  rest: readonly string[];
  brand: readonly string[];
  generic: readonly string[];
} {
  for (const { at, length, value } of brands().in(words))
    if (value) {
      const rest = [...words.slice(0, at), ...words.slice(at + length)];
      const isNamed =
        rest.some((word) => rankOf(word) >= Rank.staple) ||
        termsOfWords(rest).some((term) => rankOf(term) >= Rank.staple);
      return { rest, brand: words.slice(at, at + length), generic: isNamed ? [] : value };
    }
  return { rest: words, brand: [], generic: [] };
}

/** Words that ask for nothing. */
const COURTESIES = new Set(
  'some please pls thx something thing stuff i we need get buy more my our your about approx ca roughly ripe nice'.split(
    ' ',
  ),
);

/** A word of the shelf stands for itself in a longer name. */
const shortWords = once(() => new ShortWords((word) => rankOf(word) > 0));

/** Words that ask for a diet nobody told us of: served as if they were not there, they could harm. */
const MAYBE_DIET =
  /^(?!.*(?:sugar|fat|salt|cage|preservative|pulp|bpa|duty|hands|scent|dye|fragrance|phosphate|lead|chlorine|wheel)).+free$|fodmap|whole30|^aip$|^scd$/;

/**
 * Whether a line asks for nothing to be bought. "No" is part of many names ("no pulp", "no boil lasagna"), so it does so only before the
 * one thing that the line names.
 */
function isNegated(name: string): boolean {
  const text = name.normalize('NFKC').replace(/’/g, "'");
  if (NOT_NEEDED.test(text)) return true;
  const [, verb, phrase] = NOT_BOUGHT.exec(text) ?? [];
  if (phrase === undefined) return false;
  if (verb!.toLowerCase() !== 'no') return true;
  if (termsOfWords(wordsOf(text)).some(isClaim)) return false;
  const terms = termsOfWords(wordsOf(amountsIn(phrase).rest));
  const things = terms.filter((term) => rankOf(term) > 0);
  const at = terms.indexOf(things[0] ?? '');
  return things.length === 1 && terms.slice(0, at).every((term) => isKnownTerm(term) && !DOINGS.has(term));
}
/** What need not be done to it: "no boil lasagna". */
const DOINGS: ReadonlySet<string> = new Set(wordsOf('boil bake cook knead stir churn peel rinse soak drain'));
const NOT_BOUGHT =
  /^\s*(no|not|skip|except|without|never|cancel|remove|leave out|(?:please )?(?:don't|dont|do not) (?:buy|get|need|want|add|order)|no need (?:for|of))\s+(?:more |any |the )*(.+)$/i;
const NOT_NEEDED =
  /\b(?:not needed|no need|(?:don't|dont|do not) (?:need|buy|get|want)|already (?:have|got|bought|there)|(?:have|got) (?:enough|plenty|some))\b/i;

/** "Not smoked", "without skin": words that must not stand on what is bought; "not too ripe" asks for nothing that a label tells. */
function withoutNegations(text: string): { kept: string; banned: ReadonlySet<string> } {
  const banned = new Set<string>();
  const kept = text.replace(NEGATION, (all, said: string, phrase: string) => {
    const words = wordsOf(phrase).filter((word) => !FILLING.has(word));
    // "No pulp" and "without sugar" are claims, and stated by labels as they stand.
    if (said.toLowerCase() !== 'not' && words.length > 0 && termsOfWords(wordsOf(all)).some(isClaim)) return all;
    if (said.toLowerCase() === 'no') return all;
    for (const word of words) if (!MATTERLESS.has(word)) banned.add(word);
    return ' ';
  });
  return { kept: kept.trim() === '' ? text : kept, banned };
}
const NEGATION = /\b(not|no|without|w\/o|never|isnt|isn't)\s+([^,;()]+)/gi;
const FILLING = new Set('too very so any the a an of or and in with please that'.split(' '));
const MATTERLESS = new Set(
  'ripe big small large green brown soft hard old bruised expensive cheap fancy many much'.split(' '),
);
