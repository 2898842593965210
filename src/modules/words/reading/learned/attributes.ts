import { kept } from '../../../../common/kept.js';
import {
  BRANDS,
  CUT_WORDS,
  FILLERS,
  GOODS,
  goodsIn,
  HEADS,
  JOINERS,
  saidUnit,
  SIZE_WORDS,
  stemOf,
} from '../lexis/lexicon.js';
import { indefinite } from '../lexis/lexicon.js';
import { isScale, wordValue } from '../lexis/number-words.js';
import { respelled } from '../lexis/spelling.js';
import type { Token } from '../lexis/tokens.js';

/** FNV-1a of a text, 32 bits. */
export function hashOf(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
/** Two hashes as one, the order counting. */
const mix = (one: number, two: number): number => {
  let hash = Math.imul(one ^ (two >>> 15) ^ (two << 7), 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash ^ two, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** What kind of word a token is, the most telling first: how the words around it are seen. */
export const CLASSES = [
  'start',
  'number',
  'ratio',
  'numberWord',
  'article',
  'measure',
  'pack',
  'part',
  'size',
  'cut',
  'comma',
  'joiner',
  'break',
  'open',
  'close',
  'dash',
  'mark',
  'filler',
  'goodsAlone',
  'goodsBegin',
  'goodsInside',
  'brand',
  'head',
  'short',
  'word',
  'times',
  'picture',
] as const;
export type Class = (typeof CLASSES)[number];
const CLASS_INDEX = Object.fromEntries(CLASSES.map((name, index) => [name, index])) as Record<Class, number>;

/** What is known of each token of a clause before it is labelled. */
export interface Seen {
  tokens: readonly Token[];
  stems: string[];
  classes: number[];
  /** Where a listed name of goods is: B, I, S for alone, or O. */
  goods: string[];
  /** The features of each token. */
  features: Uint32Array[];
}

export interface Sight {
  isDanish: boolean;
  /** Names that are taken for unknown, so that training meets strangers. */
  isHidden?: (stems: readonly string[]) => boolean;
}

export function see(tokens: readonly Token[], sight: Sight): Seen {
  const stems = tokens.map((token) => stemSeen(token, sight));
  const goods = marked(stems, goodsIn(sight.isDanish), sight.isHidden);
  const brands = marked(stems, BRANDS(), undefined);
  const classes = tokens.map((token, at) => CLASS_INDEX[classOf(token, stems[at]!, goods[at]!, brands[at]!, sight)]);
  const states = statesOf(tokens, classes, goods);
  const base = tokens.map((token, at) =>
    baseOf({ token, stem: stems[at]!, kind: classes[at]!, goods: goods[at]!, brand: brands[at]! }),
  );
  const features = tokens.map((_, at) => featuresAt(at, stems, classes, goods, states, base));
  return { tokens, stems, classes, goods, features };
}

/** Slips of the pen put right; a Danish name without its article. */
function stemSeen({ key, kind }: Token, { isDanish }: Sight): string {
  if (kind !== 'word') return stemOf(key);
  const word = respelled(key);
  return stemOf(isDanish && !GOODS().at([stemOf(word)], 0) ? indefinite(word) : word);
}

interface Finder {
  at(words: readonly string[], index: number): { words: readonly string[] } | undefined;
}
/** Where listed phrases are, the longest first: B and I, S for one of a single word, O elsewhere. */
function marked(stems: readonly string[], phrases: Finder, isHidden: Sight['isHidden']): string[] {
  const marks = stems.map(() => 'O');
  for (let at = 0; at < stems.length;) {
    const found = phrases.at(stems, at);
    if (!found || isHidden?.(found.words)) {
      at++;
      continue;
    }
    const length = found.words.length;
    marks[at] = length === 1 ? 'S' : 'B';
    marks.fill('I', at + 1, at + length);
    at += length;
  }
  return marks;
}

function classOf(token: Token, stem: string, goods: string, brand: string, { isDanish }: Sight): Class {
  const { key, kind } = token;
  if (kind === 'number') return token.value === null ? 'ratio' : 'number';
  if (kind === 'break') return 'break';
  if (kind === 'picture') return 'picture';
  if (kind === 'mark') return markClass(key);
  if (key === 'x') return 'times';
  if (key === 'a' || key === 'an') return 'article';
  if (goods === 'I') return 'goodsInside';
  if (goods === 'B') return 'goodsBegin';
  if (brand === 'B' || brand === 'I') return 'brand';
  if (wordValue(key, isDanish) !== null || isScale(key) || key === 'few') return 'numberWord';
  const unit = saidUnit(key);
  if (unit) return unit.kind === 'measure' ? 'measure' : unit.kind === 'pack' ? 'pack' : 'part';
  if (goods === 'S') return 'goodsAlone';
  if (brand !== 'O') return 'brand';
  if (JOINERS.has(key)) return 'joiner';
  if (SIZE_WORDS.has(key)) return 'size';
  if (CUT_WORDS.has(key)) return 'cut';
  if (FILLERS.has(key)) return 'filler';
  if ((HEADS().get(stem) ?? 0) >= 3) return 'head';
  return key.length <= 3 ? 'short' : 'word';
}

function markClass(key: string): Class {
  if (key === ',') return 'comma';
  if ('(['.includes(key)) return 'open';
  if (')]'.includes(key)) return 'close';
  if ('-–—'.includes(key)) return 'dash';
  if (key === '&' || key === '+' || key === ';') return 'joiner';
  if (key === '×') return 'times';
  return 'mark';
}

interface State {
  /** Amounts outside brackets so far, up to three. */
  amounts: number;
  /** Whether an amount, a name, stood since the last word between things. */
  hasAmount: boolean;
  hasName: boolean;
  isBracketed: boolean;
  /** Words since the last word between things, up to six. */
  length: number;
  joiner: number;
}

function statesOf(tokens: readonly Token[], classes: readonly number[], goods: readonly string[]): State[] {
  const states: State[] = [];
  let now: State = { amounts: 0, hasAmount: false, hasName: false, isBracketed: false, length: 0, joiner: 0 };
  for (const [at, token] of tokens.entries()) {
    const name = CLASSES[classes[at]!]!;
    if (name === 'open') now = { ...now, isBracketed: true };
    states.push(now);
    if (name === 'close') now = { ...now, isBracketed: false };
    else if (!now.isBracketed && (name === 'comma' || name === 'joiner' || name === 'break'))
      now = { ...now, hasAmount: false, hasName: false, length: 0, joiner: hashOf(token.key) };
    else if (name === 'number' || name === 'numberWord' || name === 'article') {
      const isNew = !now.isBracketed && at > 0 && !/number|dash|measure|times/.test(CLASSES[classes[at - 1]!]!);
      now = {
        ...now,
        amounts: Math.min(3, now.amounts + (isNew || at === 0 ? 1 : 0)),
        hasAmount: true,
        length: now.length + 1,
      };
    } else now = { ...now, hasName: now.hasName || goods[at] !== 'O', length: Math.min(6, now.length + 1) };
  }
  return states;
}

interface Word {
  token: Token;
  stem: string;
  kind: number;
  goods: string;
  brand: string;
}
/** The same words come again and again. */
const baseOf = kept(
  20_000,
  ({ token, stem, kind, goods, brand }: Word) =>
    `${token.text}\n${token.key}\n${token.kind}\n${stem}\n${kind}${goods}${brand}`,
  alone,
);

function alone({ token, stem, kind, goods, brand }: Word): number[] {
  const { key, text } = token;
  const all = [hashOf(`w${stem}`), hashOf(`k${kind}`), hashOf(`g${goods}${kind}`)];
  all.push(hashOf(`e${key.slice(-3)}`), hashOf(`E${key.slice(-2)}`), hashOf(`f${key.slice(0, 3)}`));
  const unit = saidUnit(key);
  if (unit) all.push(hashOf(`u${unit.said}`), hashOf(`U${unit.kind}`));
  if (brand !== 'O') all.push(hashOf(`b${brand}`));
  if (/^\p{Lu}/u.test(text)) all.push(hashOf('capital'));
  if (token.kind === 'number') all.push(hashOf(`n${shapeOf(token)}`));
  const heads = HEADS().get(stem) ?? 0;
  if (heads > 0) all.push(hashOf(`h${heads > 8 ? 3 : heads > 2 ? 2 : 1}`));
  if (SIZE_WORDS.has(key)) all.push(hashOf('size'));
  if (CUT_WORDS.has(key)) all.push(hashOf('cut'));
  if (FILLERS.has(key)) all.push(hashOf('filler'));
  if (key.length > 4 && key.endsWith('ed')) all.push(hashOf('ed'));
  return all;
}

const shapeOf = ({ value, text }: Token): string =>
  value === null
    ? 'r'
    : !Number.isInteger(value)
      ? 'f'
      : value > 99
        ? 'h'
        : value > 12
          ? 't'
          : /^\d$/.test(text)
            ? 'd'
            : 'i';

const OFFSETS = [-3, -2, -1, 1, 2, 3] as const;
const SALT = Object.fromEntries([-3, -2, -1, 0, 1, 2, 3].map((offset) => [offset, hashOf(`@${offset}`)])) as Record<
  number,
  number
>;
const PAIR = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19].map((n) => hashOf(`pair${n}`));
const WORDS = new Map<string, number>();
const wordHash = (stem: string): number => {
  let hash = WORDS.get(stem);
  if (hash === undefined) {
    hash = hashOf(`w${stem}`);
    if (WORDS.size < 50_000) WORDS.set(stem, hash);
  }
  return hash;
};

function featuresAt(
  at: number,
  stems: readonly string[],
  classes: readonly number[],
  goods: readonly string[],
  states: readonly State[],
  base: readonly number[][],
): Uint32Array {
  const own = base[at]!;
  // At most a word's own, those of its neighbours, and pairs.
  const found = new Uint32Array(own.length + 32 + (base[at - 1]?.length ?? 1) + (base[at + 1]?.length ?? 1));
  let count = 0;
  found[count++] = PAIR[19]!;
  for (const one of own) found[count++] = one;
  for (const offset of OFFSETS) {
    const around = base[at + offset];
    const salt = SALT[offset]!;
    if (!around) {
      found[count++] = mix(salt, 7);
      continue;
    }
    const most = offset === 1 || offset === -1 ? around.length : offset === 2 || offset === -2 ? 3 : 2;
    for (let index = 0; index < most; index++) found[count++] = mix(salt, around[index]!);
  }
  const kind = (offset: number): number => classes[at + offset] ?? 99;
  const word = (offset: number): number =>
    at + offset >= 0 && at + offset < stems.length ? wordHash(stems[at + offset]!) : 1;
  const [k2, k1, k, n1, n2, n3] = [kind(-2), kind(-1), kind(0), kind(1), kind(2), kind(3)];
  const [w2, w1, w, v1] = [word(-2), word(-1), word(0), word(1)];
  const { amounts, hasAmount, hasName, isBracketed, length, joiner } = states[at]!;
  const state = (hasAmount ? 1 : 0) + (hasName ? 2 : 0) + (isBracketed ? 4 : 0);
  found[count++] = mix(mix(PAIR[0]!, k1), k);
  found[count++] = mix(mix(PAIR[1]!, k), n1);
  found[count++] = mix(mix(mix(PAIR[2]!, k1), k), n1);
  found[count++] = mix(mix(mix(PAIR[3]!, k2), k1), k);
  found[count++] = mix(mix(mix(PAIR[4]!, k), n1), n2);
  found[count++] = mix(mix(mix(mix(mix(PAIR[5]!, k2), k1), k), n1), n2);
  found[count++] = mix(mix(PAIR[6]!, w1), w);
  found[count++] = mix(mix(PAIR[7]!, w), v1);
  found[count++] = mix(mix(PAIR[8]!, w2), w1);
  found[count++] = mix(mix(PAIR[9]!, w), n1);
  found[count++] = mix(mix(PAIR[10]!, k1), w);
  found[count++] = mix(mix(PAIR[11]!, w1), k);
  found[count++] = mix(mix(PAIR[12]!, state), k);
  found[count++] = mix(mix(mix(PAIR[13]!, state), amounts), k);
  found[count++] = mix(mix(PAIR[14]!, Math.min(length, 6)), k);
  found[count++] = mix(mix(PAIR[15]!, joiner), k);
  found[count++] = mix(mix(mix(mix(PAIR[16]!, state), k1), k), n1);
  found[count++] = mix(mix(mix(mix(mix(PAIR[17]!, state), k), n1), n2), n3);
  found[count++] = mix(mix(mix(PAIR[18]!, isBracketed ? 1 : 0), wordHash(goods[at]!)), k);
  return found.subarray(0, count);
}
