import { CORRECT, BEGIN, STORES } from './lexis/cues.js';
import { BRANDS, frameWords, goodsIn, goodsNamed, HEADS, NAME_WORDS, saidUnit } from './lexis/lexicon.js';
import { SPELLING } from './lexis/spelling.js';
import { INTENTS_WEIGHTS } from './learned/intents.js';
import { SURENESS } from './learned/sureness.js';
import { TAGGER_WEIGHTS } from './learned/tagger.js';
import { readWords } from './read-words.js';

/** Speak of what people speak of, so that what reads them is compiled before they do. */
const SENTENCES = [
  'add 2 lb of brown rice, a dozen eggs and some chedar cheese, and take off the milk',
  'milk\n2x bread\n1 bag of onions (red)\nbutter, unsalted\n- 500 g flour',
  'how much is whole milk at walmart? no more than $40 and nothing with peanuts, we are vegetarian',
  'swap the butter for margarine, make it three, no, four boxes of cereal, then check out',
  'jeg mangler 2 liter mælk, noget ost og en pose kartofler, og fjern smørret',
  'plan dinners for four people this week, the usual please, and what did eggs cost last month',
];
const ROUNDS = 4;

/** What a first sentence would wait for, in steps of which none takes long: tables are read, then sentences. */
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
  ...Array.from({ length: ROUNDS }, () => SENTENCES.map((text) => () => readWords(text))).flat(),
];
