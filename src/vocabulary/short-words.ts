import { Phrases } from './phrases.js';
import { listed, once, tableOf } from './tables.js';
import { keyOf, wordsOf } from './words.js';

/** "baking soda", not "cola (UK) or …: ask": what follows a bracket or a semicolon explains. */
const meaningOf = (canonical: string): string => canonical.split(/[;(,]/)[0]!.trim();

const isAsked = (row: Readonly<Record<string, string>>): boolean =>
  row.when_unsure === 'ask' || /: ask|by locale/.test(row.canonical!);

const KINDS = new Set(['diet', 'food', 'describe', 'size', 'form', 'household', 'pet', 'drop']);

const rowsOf = once(() =>
  tableOf('short_words').flatMap((row) => {
    if (row.language === 'da' || !KINDS.has(row.kind!)) return [];
    return listed(row.words).map((word) => ({
      words: wordsOf(word.replace(/\(.*\)/, '')),
      spelled: word,
      kind: row.kind!,
      isAsked: isAsked(row),
      canonical: row.kind === 'drop' ? [] : wordsOf(meaningOf(row.canonical!)),
    }));
  }),
);

/** Short words that may be a diet and mean more than one thing: "LF" is lactose-free or low-fat. */
const DOUBTFUL = once(
  () =>
    new Set(
      rowsOf()
        .filter(({ kind, isAsked: asked }) => kind === 'diet' && asked)
        .map(({ words }) => words.join(' ')),
    ),
);
export const isDoubtfulDiet = (word: string): boolean => DOUBTFUL().has(keyOf(word));

/**
 * Short words as what they stand for. `isWord` tells of words that stand for themselves in a longer name: "tea" alone is black tea, and
 * "green tea" is not. Those count only where they are all that is written.
 */
export class ShortWords {
  private readonly alone = new Map<string, readonly string[]>();
  private readonly anywhere: Phrases<readonly string[]>;

  constructor(isWord: (word: string) => boolean) {
    const rows: (readonly [readonly string[], readonly string[]])[] = [];
    for (const { words, canonical, kind, isAsked: asked } of rowsOf()) {
      if (asked || words.length === 0) continue;
      const key = words.join(' ');
      const isRisky =
        words.some((word) => /\d/.test(word)) ||
        (words.length === 1 && (isWord(words[0]!) || NOT_SHORT.has(words[0]!))) ||
        (words.length === 1 && words[0]!.length === 1);
      if (kind === 'diet' ? words[0]!.length > 1 : !isRisky) rows.push([words, canonical]);
      if (!this.alone.has(key)) this.alone.set(key, canonical);
    }
    this.anywhere = new Phrases(rows);
  }

  written(words: readonly string[]): readonly string[] {
    const whole = this.alone.get(words.join(' '));
    if (whole && whole.length > 0) return whole;
    const result: string[] = [];
    for (const { at, value } of this.anywhere.in(words)) {
      if (value === null) result.push(words[at]!);
      else result.push(...value);
    }
    // "Decaf coffee beans" are decaffeinated coffee, and coffee only once.
    return result.filter((word, at) => word !== result[at - 1]);
  }
}

/** Words of their own in the names of goods, whatever they also stand for. */
const NOT_SHORT = new Set(
  'green blue red mac roll tea foil chip biscuit shredded semi pop pod jam pasta cottage puff pico straw pot cue dawn fairy tide squash cordial dilute jacket topside streaky cob bap barm baguette hummus cilantro sriracha panko tissue wine dijon cocoa cacao gelatin gelatine currant oat soda cola chicory endive kibble sweet sweety soya sprout n and with alt'.split(
    ' ',
  ),
);
