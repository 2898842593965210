import { goodsNamed } from '../../src/modules/words/reading/lexis/lexicon.js';
import type { Label } from '../../src/modules/words/reading/learned/labels.js';
import { ADJECTIVES, words } from './composed-words.js';

/** A stretch of words that carry one label; lower case goes on with a thing, upper case begins one. */
export interface Piece {
  text: string;
  label: Label;
}

export type Random = () => number;
export const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
export const chance = (random: Random, share: number): boolean => random() < share;

const CONSONANTS = 'bcdfghjklmnprstvz';
const VOWELS = 'aeiouy';

/** A word that no list knows: names that the reading has never met are read by what stands around them. */
function unknownWord(random: Random): string {
  let word = '';
  const syllables = 2 + Math.floor(random() * 2);
  for (let at = 0; at < syllables; at++)
    word +=
      CONSONANTS[Math.floor(random() * CONSONANTS.length)]! +
      VOWELS[Math.floor(random() * VOWELS.length)]! +
      (chance(random, 0.3) ? CONSONANTS[Math.floor(random() * CONSONANTS.length)]! : '');
  return word + (chance(random, 0.3) ? 's' : '');
}

const PIECES = words(
  'florets, rind, pearls, chunks, bones, tips, stems, seeds, powder, paste, flakes, cheese, sticks, shells, leaves, hearts, crumbs, sauce, mix, butter, oil, skins, zest, pieces, wedges, kernels, spread, syrup, with herbs, with garlic',
);

export interface Composer {
  random: Random;
  language: 'en' | 'da';
}

const NAMES = {
  en: goodsNamed().filter(({ language }) => language === 'en'),
  da: goodsNamed().filter(({ language }) => language === 'da'),
};
export const SHOPPED = {
  en: NAMES.en.filter(({ from }) => from === 'goods'),
  da: NAMES.da.filter(({ from }) => from === 'goods'),
};
const SHORT = /^.{1,34}$/;

export function nameOf({ random, language }: Composer, isSure = false): string {
  if (!isSure && chance(random, 0.1)) {
    const known = pick(random, SHOPPED[language]).name;
    const stranger = unknownWord(random);
    if (chance(random, 0.25))
      return `${stranger[0]!.toUpperCase()}${stranger.slice(1)} ${known[0]!.toUpperCase()}${known.slice(1)}`;
    return chance(random, 0.5)
      ? stranger
      : chance(random, 0.5)
        ? `${unknownWord(random)} ${known}`
        : `${unknownWord(random)} ${unknownWord(random)}`;
  }
  let name = '';
  do name = pick(random, chance(random, 0.55) ? SHOPPED[language] : NAMES[language]).name;
  while (!SHORT.test(name));
  if (!isSure && chance(random, 0.3) && !/\d/.test(name)) name = `${pick(random, ADJECTIVES[language])} ${name}`;
  if (!isSure && chance(random, 0.05) && language === 'en') name = `${name} ${pick(random, PIECES)}`;
  if (!isSure && chance(random, 0.04) && language === 'en') name = `${name} or ${pick(random, SHOPPED.en).name}`;
  return name;
}
