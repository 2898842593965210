import { dictionary } from '../../../../common/dictionary.js';
import { kept } from '../../../../common/kept.js';
import { once } from '../../../../vocabulary/tables.js';
import {
  brandsNamed,
  commonWords,
  CUT_WORDS,
  FILLERS,
  frameWords,
  goodsIn,
  goodsNamed,
  indefinite,
  JOINERS,
  NAME_WORDS,
  saidUnit,
  SIZE_WORDS,
  stemOf,
  unitWords,
} from './lexicon.js';
import { isScale, wordValue } from './number-words.js';
import { tokensOf, type Token } from './tokens.js';

const ADJECTIVES =
  'fresh organic frozen dried dry ripe whole raw sodium unsalted salted sweet extra virgin boneless skinless smoked canned tinned unsweetened plain vanilla strawberry wild spicy gluten vegan lean seedless grain instant coarse kosher aged crusty pickled roasted sugar lactose italian greek mexican thai french spanish cheap local decaf reduced skimmed mixed assorted crunchy creamy smooth sparkling sharp mature brewed converted granulated sour whipped active unscented scented unflavored flavored'.split(
    ' ',
  );

/** Words that tell the kind of goods and name none. */
export const KINDS: ReadonlySet<string> = new Set(ADJECTIVES);

/** How often names have a word; words that only sentences have count once. */
const KNOWN = once(() => {
  const counts = new Map<string, number>();
  const add = (key: string, by: number) => counts.set(key, (counts.get(key) ?? 0) + by);
  for (const { words } of goodsNamed()) for (const word of words) add(word, 2);
  for (const { name } of brandsNamed()) for (const { key } of tokensOf(name)) add(key, 1);
  for (const word of frameWords()) add(word, 1);
  for (const word of ADJECTIVES) add(word, 2);
  for (const word of unitWords()) add(word, 2);
  for (const word of commonWords()) add(word, 1);
  return counts;
});
const STEMS = once(() => new Set([...KNOWN().keys()].map(stemOf)));

/** Words by each way to leave out one letter: two words that share one differ by a letter left out, put in, changed or swapped. */
const BY_LESS = once(() => {
  const all = new Map<string, string[]>();
  for (const word of KNOWN().keys()) {
    if (word.length < 4 || word.length > 16 || /[^\p{L}]/u.test(word)) continue;
    for (const less of [word, ...lessOne(word)]) {
      const words = all.get(less);
      if (words) words.push(word);
      else all.set(less, [word]);
    }
  }
  return all;
});

function lessOne(word: string): string[] {
  return Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1));
}

const isKnown = (key: string): boolean =>
  KNOWN().has(key) ||
  STEMS().has(stemOf(key)) ||
  FILLERS.has(key) ||
  JOINERS.has(key) ||
  CUT_WORDS.has(key) ||
  SIZE_WORDS.has(key) ||
  saidUnit(key) !== null ||
  isScale(key) ||
  wordValue(key, true) !== null;

/** Words of lists that are written short. */
const SHORT = dictionary<string>({
  grnd: 'ground',
  chix: 'chicken',
  chkn: 'chicken',
  chckn: 'chicken',
  brst: 'breast',
  brsts: 'breasts',
  bnls: 'boneless',
  bnlss: 'boneless',
  sknls: 'skinless',
  sknlss: 'skinless',
  frzn: 'frozen',
  froz: 'frozen',
  choc: 'chocolate',
  broc: 'broccoli',
  cauli: 'cauliflower',
  swt: 'sweet',
  grn: 'green',
  ylw: 'yellow',
  blk: 'black',
  whl: 'whole',
  wht: 'white',
  shrd: 'shredded',
  shrdd: 'shredded',
  slcd: 'sliced',
  parm: 'parmesan',
  mozz: 'mozzarella',
  cuke: 'cucumber',
  cukes: 'cucumbers',
  avo: 'avocado',
  avos: 'avocados',
  spag: 'spaghetti',
  marg: 'margarine',
  toms: 'tomatoes',
  sml: 'small',
  lrg: 'large',
  bttr: 'butter',
  mlk: 'milk',
  brd: 'bread',
  chs: 'cheese',
  ygrt: 'yogurt',
});

/** The word that an unknown one is a slip of the pen from, where one alone is a letter away; otherwise itself. */
export const respelled = kept(20_000, (key: string) => key, spelt);
function spelt(key: string): string {
  const short = SHORT[key];
  if (short !== undefined) return short;
  if (key.length < 4 || key.length > 16 || /[^\p{L}]/u.test(key) || isKnown(key)) return key;
  const near = new Map<string, number>();
  for (const less of [key, ...lessOne(key)])
    for (const word of BY_LESS().get(less) ?? [])
      if (isOneAway(key, word)) near.set(word, (KNOWN().get(word) ?? 0) + (word[0] === key[0] ? 2 : 0));
  const best = [...near].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (best.length === 0) return soundingAlike(key) ?? key;
  if (best[0]![0][0] !== key[0] && best[0]![0][0] !== key[1]) return key;
  // "Osten" is no slip of "often": a Danish name with its article.
  const [likeliest] = best[0]!;
  if (!NAME_WORDS().has(stemOf(likeliest)) && indefinite(key) !== key && indefinite(likeliest) === likeliest)
    return key;
  return best.length === 1 || best[0]![1] > best[1]![1] ? best[0]![0] : key;
}

/** Whether one letter was left out, put in, changed or swapped, and not the last: an ending makes another word, not a slip. */
function isOneAway(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let from = 0;
  while (from < one.length && one[from] === other[from]) from++;
  const isEnding = from >= Math.min(one.length, other.length) - 1 && one.at(-1) !== other.at(-1);
  if (isEnding) return isSwapped(one, other, from);
  if (one.length === other.length)
    return isSwapped(one, other, from) || (one.length > 4 && one.slice(from + 1) === other.slice(from + 1));
  return one.length > other.length
    ? one.slice(from + 1) === other.slice(from)
    : one.slice(from) === other.slice(from + 1);
}

const isSwapped = (one: string, other: string, at: number): boolean =>
  one.length === other.length &&
  one[at] === other[at + 1] &&
  one[at + 1] === other[at] &&
  one.slice(at + 2) === other.slice(at + 2);

/** A word without its doubled letters, and with letters that sound alike as one: "brocolli" and "broccoli" share it. */
const skeletonOf = (word: string): string =>
  word
    .replace(/(.)\1+/gu, '$1')
    .replace(/ph/g, 'f')
    .replace(/ck|q/g, 'k')
    .replace(/c(?=[aou])/g, 'k')
    .replace(/z/g, 's')
    .replace(/y\b/g, 'i')
    .replace(/ie\b/g, 'i');
const BY_SKELETON = once(() => {
  const all = new Map<string, string[]>();
  for (const goods of goodsNamed())
    for (const key of goods.words) {
      if (key.length < 5) continue;
      const skeleton = skeletonOf(key);
      const words = all.get(skeleton) ?? [];
      if (!words.includes(key)) all.set(skeleton, [...words, key]);
    }
  return all;
});
/** What slips of the pen are told by, each made of the names of goods on first use. */
export const SPELLING: readonly (() => unknown)[] = [KNOWN, STEMS, BY_LESS, BY_SKELETON];

function soundingAlike(key: string): string | null {
  const found = BY_SKELETON().get(skeletonOf(key)) ?? [];
  return found.length === 1 ? found[0]! : null;
}

/** "Hi honey": somebody who is spoken to, and no food. */
function isCalled(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]!.key !== 'honey') return false;
  const [before, next] = [tokens[at - 1]?.key, tokens[at + 1]?.key ?? ''];
  if (before === undefined) return /^(,|can|could|would|will|please|i|we|i'm|get|add)$/.test(next);
  return /^(hi|hey|hello|ok|okay|thanks|thank|yes|no|sure|well|please|morning|oh)$/.test(before);
}

/** "86 the leeks": what kitchens say for taking out, and no number where no unit and no more numbers follow. */
function isStruck(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  const isFirst = at === 0 || /^[,;\n]$/.test(tokens[at - 1]!.key);
  if (tokens[at]!.key !== '86' || !isFirst || next?.kind !== 'word') return false;
  const goods = goodsIn(false).at(
    tokens.map(({ key }) => stemOf(key)),
    at + 1,
  );
  return (saidUnit(next.key) === null || (goods?.words.length ?? 0) > 1) && next.key !== 'x' && next.key !== 'of';
}

/** "Too cans of tuna", "ate eggs": number words that were heard as others, right before what is counted. */
const HEARD = dictionary<string>({ too: 'two', to: 'two', for: 'four', ate: 'eight', won: 'one' });
function heardAs(tokens: readonly Token[], at: number): string | null {
  const number = HEARD[tokens[at]!.key];
  const [before, next, of] = [tokens[at - 1], tokens[at + 1], tokens[at + 2]];
  if (number === undefined || next?.kind !== 'word' || !/[^s]s$/.test(next.key)) return null;
  const isHead = before === undefined || /^(,|and|add|get|buy|grab|need|want|order|me|\n)$/.test(before.key);
  const isCounted = saidUnit(next.key) !== null && of?.key === 'of';
  const isGoods = number === 'eight' && goodsIn(false).at([stemOf(next.key)], 0) !== undefined;
  return isHead && (isCounted || isGoods) ? number : null;
}

/** Small words that are swapped so often that they are read, not guessed. */
const SLIPS = dictionary<string>({
  teh: 'the',
  hte: 'the',
  adn: 'and',
  wiht: 'with',
  jsut: 'just',
  waht: 'what',
  alos: 'also',
  larg: 'large',
  mente: 'mener',
});

/** Tokens with slips of the pen put right in what they are compared by; their text stays as it was written. */
export const understood = (tokens: readonly Token[]): Token[] =>
  tokens.map((token, at) => {
    if (isStruck(tokens, at)) return { ...token, key: 'remove', kind: 'word' as const, value: null };
    const heard = heardAs(tokens, at);
    if (heard !== null) return { ...token, key: heard };
    const key = isCalled(tokens, at)
      ? 'dear'
      : token.kind === 'word'
        ? (SLIPS[token.key] ?? respelled(token.key))
        : token.key;
    return key === token.key ? token : { ...token, key };
  });
