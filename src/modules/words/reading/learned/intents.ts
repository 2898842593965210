import { dataBytes } from '../../../../platform/data-file.js';
import { once } from '../../../../vocabulary/tables.js';
import { STORES } from '../lexis/cues.js';
import { GUESSED, type Intent } from '../intent-names.js';
import { CLASSES, hashOf } from './attributes.js';
import { isStart, partOf } from './labels.js';
import type { Tagged } from './tagger.js';
import { Weights } from './weights.js';

export const INTENTS_WEIGHTS = once(() => Weights.read(dataBytes('words', 'intents.bin')));

export interface Guess {
  intent: Intent | 'none';
  /** How likely it is, before it is calibrated. */
  sure: number;
}

/** The intents of a clause, the likeliest first. Pure once the weights are read. */
export function intentsOf(tagged: Tagged): Guess[] {
  const weights = INTENTS_WEIGHTS();
  const scores = new Float64Array(GUESSED.length);
  weights.score(cuesOf(tagged), scores, 0);
  const most = Math.max(...scores);
  const odds = [...scores].map((score) => Math.exp((score - most) * weights.scale));
  const total = odds.reduce((sum, odd) => sum + odd, 0);
  return GUESSED.map((intent, at) => ({ intent, sure: odds[at]! / total })).sort((a, b) => b.sure - a.sure);
}

/** A clause without its things: how it speaks, as words, pairs and triples; "add THING and THING to my cart". */
export function cuesOf({ labels, seen }: Tagged): Uint32Array {
  const words: string[] = ['^'];
  let things = 0;
  let named = 0;
  const stores = storesIn(seen.tokens.map(({ key }) => key));
  for (const [at, label] of labels.entries()) {
    const token = seen.tokens[at]!;
    const part = partOf(label);
    if (part === 'n' || part === 'b') named++;
    if (isStart(label)) things++;
    const word = stores.has(at)
      ? 'STORE'
      : part === 'J'
        ? 'J'
        : part === 'O'
          ? token.kind === 'number'
            ? 'NUM'
            : seen.goods[at] !== 'O' && token.kind === 'word'
              ? 'GOODS'
              : seen.stems[at]!
          : part === 'q' || part === 'u' || part === 's'
            ? 'AMOUNT'
            : 'THING';
    if (word !== words.at(-1) || !/^[A-Z]+$/.test(word)) words.push(word);
  }
  words.push('$');
  const found = [
    hashOf(`things${Math.min(things, 3)}`),
    hashOf(`named${Math.min(named, 2)}`),
    hashOf(`length${Math.min(words.length, 8)}`),
  ];
  const strangers = labels.filter((label, at) => label === 'O' && CLASSES[seen.classes[at]!] === 'word').length;
  found.push(hashOf(`strange${Math.min(strangers, 4)}${things > 0 ? 't' : ''}`));
  for (let at = 0; at < words.length; at++) {
    found.push(hashOf(`1${words[at]}`));
    if (at + 1 < words.length) found.push(hashOf(`2${words[at]} ${words[at + 1]}`));
    if (at + 2 < words.length)
      found.push(hashOf(`3${words[at]} ${words[at + 1]} ${words[at + 2]}`), hashOf(`s${words[at]} ${words[at + 2]}`));
  }
  found.push(hashOf(`first${words[1]}${things > 0 ? 't' : ''}`), hashOf(`last${words.at(-2)}`));
  return Uint32Array.from(new Set(found));
}

function storesIn(keys: readonly string[]): Set<number> {
  const found = new Set<number>();
  for (const { at, length, value } of STORES().in(keys))
    if (value) for (let next = at; next < at + length; next++) found.add(next);
  return found;
}
