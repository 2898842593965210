import { CORRECT, BEGIN, STORES } from './lexis/cues.js';
import { BRANDS, frameWords, goodsIn, goodsNamed, HEADS, NAME_WORDS, saidUnit } from './lexis/lexicon.js';
import { SPELLING } from './lexis/spelling.js';
import { INTENTS_WEIGHTS } from './learned/intents.js';
import { SURENESS } from './learned/sureness.js';
import { TAGGER_WEIGHTS } from './learned/tagger.js';
import { readWords } from './read-words.js';

/** What a first sentence would wait for, in steps: the tables, the longest of them a third of a second. */
export const WARMING: readonly (() => unknown)[] = [
  SURENESS,
  () => saidUnit('pound'),
  goodsNamed,
  frameWords,
  () => goodsIn(false),
  () => goodsIn(true),
  HEADS,
  NAME_WORDS,
  BRANDS,
  ...SPELLING,
  BEGIN,
  CORRECT,
  STORES,
  TAGGER_WEIGHTS,
  INTENTS_WEIGHTS,
  // What is only asked when somebody says such a thing.
  () => readWords('how much is milk at walmart? nothing with peanuts, we are vegetarian'),
  () => readWords('jeg mangler 2 liter mælk, og fjern smørret'),
];
