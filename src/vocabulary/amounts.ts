import { unitAt, type Amount, type Dimension, type Unit } from './units.js';

/**
 * The one reader of amounts, in lines ("2 x 400g tins chopped tomatoes", "eggs (2 dozen)") and on labels ("12 fl oz, 12 pk"). Total: what is
 * no amount stays text.
 */
export interface Read {
  /** What all of it comes to: grams, millilitres; null where no measure is told. */
  size: { dimension: Dimension; amount: number } | null;
  /** The same in another dimension, where a label tells both. */
  also: { dimension: Dimension; amount: number } | null;
  /** How many pieces or packs: of several numbers the product ("4 x 4 x 125 g" is 16). Null when not told. */
  count: number | null;
  /** What is counted: a plain number, pieces of the goods, containers, or parts of one (cloves). */
  counted: 'number' | 'piece' | 'pack' | 'part' | null;
  /** The container named, e.g. "can". */
  container: string | null;
  /** The text without its amounts. */
  rest: string;
}

interface Item {
  value: number;
  unit: Unit | null;
  /** "12 pack" names one pack of twelve, "12 packs" twelve. */
  isOnePack?: boolean;
  /** Follows another amount with nothing between. */
  isJoined: boolean;
}

/** English words that say how many, in lists, on labels and in speech. "A" is one; "a few" is taken for three. */
export const ENGLISH_NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  half: 0.5,
  quarter: 0.25,
  couple: 2,
  few: 3,
};
/** Numbers that are names. */
const NAMED =
  /^(7 up|7up|v8|00 |0% |1% |2% |4% |5 spice|3 bean|4 bean|5 bean|7 grain|9 grain|12 grain|3 cheese|4 cheese|5 cheese|3 musketeers|57 sauce|a1 |a2 )/;
const SIZE_WORDS = new Set('large lg lrg big small sm sml medium med jumbo family mega double'.split(' '));
const TOKEN = /\d+(?:\.\d+)?(?:\/\d+(?:\.\d+)?)?|[a-zæøåß][a-zæøåß0-9]*|%|#|[^\s]/g;
const MOST = 1e7;

/** "Two and a half pounds", "a pound and a half". */
function withHalf(all: string, number: string, unit: string | undefined): string {
  const inner = unit === undefined ? undefined : ENGLISH_NUMBERS[unit];
  if (inner !== undefined) return `${number} ${inner} 1/2`;
  const whole = ENGLISH_NUMBERS[number] ?? (Number(number) || null);
  return whole === null ? all : [whole, '1/2', unit].filter((part) => part !== undefined).join(' ');
}

function plain(text: string): string {
  return text
    .slice(0, 400)
    .replace(/[¼-¾⅐-⅞]/g, ' $&')
    .normalize('NFKC')
    .replace(/\u2044/g, '/')
    .toLowerCase()
    .replace(/[×✕]/g, ' x ')
    .replace(/(\d),(\d{3})(?!\d)/g, '$1$2')
    .replace(/(\d),(\d{1,2})(?!\d)/g, '$1.$2')
    .replace(/(\d) \. (\d)/g, '$1.$2')
    .replace(/(\d)(?=[a-zæøå])/g, '$1 ')
    .replace(/\bx(?=\d)/g, 'x ')
    .replace(/(?<=\d )(lbs?|kg|oz|g|l)(?=\d)/g, '$1 ')
    .replace(/\bsticks?( of)? (?=(un)?(salted )?butter\b)/g, 'butterstick ')
    .replace(/(^|[^\d.])\.(\d)/g, '$10.$2')
    .replace(/\bfl\.? ?-?oz\b\.?/g, ' floz ')
    .replace(/\bhalf[- ]a[- ]dozen\b/g, ' 6 each ')
    .replace(/\bhalf[- ]gal(lon)?s?\b/g, ' 0.5 gallon ')
    .replace(/\b(\w+)(?: ([a-z]+))? (?:and|&) a half\b/g, withHalf)
    .replace(/\b(and a half|& a half)\b/g, ' 1/2 ')
    .replace(/\bhalf an? (?=[a-zæøå])/g, ' 0.5 ')
    .replace(/=\s*\d+(\s*(mega|regular|double|big))?(\s*rolls?)?/g, ' ');
}

interface Token {
  text: string;
  start: number;
  end: number;
}

export function amountsIn(text: string): Read {
  const source = plain(text);
  const tokens: Token[] = [...source.matchAll(TOKEN)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  const words = tokens.map((token) => (token.text === '#' ? 'lb' : token.text));
  const items: Item[] = [];
  const taken = tokens.map(() => false);
  const take = (from: number, to: number) => taken.fill(true, from, to);

  /** A number from here on is one of what the text names. */
  let counting = 0;
  for (let at = 0; at < tokens.length;) {
    const name = NAMED.exec(`${source.slice(tokens[at]!.start)} `)?.[0];
    if (name !== undefined) {
      const end = tokens[at]!.start + name.trimEnd().length;
      while (at < tokens.length && tokens[at]!.start < end) at++;
      continue;
    }
    const number = numberAt(words, at, items.length === 0);
    if (number === null) {
      at += bareUnit(words, at, items, take);
      continue;
    }
    const { value, trade } = number;
    let next = at + number.length;
    // "12 x 330ml", "2x250g"; "16.9 fl oz, 40 count" comes as two items.
    if (words[next] === 'x' && /^\d/.test(words[next + 1] ?? '')) {
      items.push({ value, unit: null, isJoined: false });
      take(at, next + 1);
      at = next + 1;
      continue;
    }
    if (trade !== null) items.push({ value: trade, unit: null, isJoined: false });
    let skip = next;
    if (words[skip] === '-' || words[skip] === '.') skip++;
    while (SIZE_WORDS.has(words[skip] ?? '') && (unitAt(words, skip + 1) || /^x?$/.test(words[skip + 1] ?? 'y')))
      skip++;
    const found = unitAt(words, skip);
    if (found) {
      const isOnePack = found.unit.name === 'roll' || (found.unit.name === 'pack' && !words[skip]!.endsWith('s'));
      items.push({ value, unit: found.unit, isOnePack, isJoined: taken[at - 1] ?? false });
      let end = skip + found.length;
      if (words[end] === '.') end++;
      if (words[end] === 'of') end++;
      take(at, end);
      at = end;
      continue;
    }
    if (trade !== null) {
      items.pop();
      at = next;
      continue;
    }
    // "4 - 5.3 oz": four of that size; "2 - 3 lb" is a range, and its upper end is wanted.
    if ((words[next] === '-' || words[next] === 'to') && /^\d/.test(words[next + 1] ?? '')) {
      const other = numberAt(words, next + 1, false);
      const isRange = other !== null && Number.isInteger(value) && Number.isInteger(other.value) && other.value > value;
      if (!isRange) items.push({ value, unit: null, isJoined: false });
      if (at === counting) counting = next + 1;
      take(at, next + 1);
      at = next + 1;
      continue;
    }
    // "1 (15 oz) can", "two 28-oz cans".
    const open = words[next] === '(' ? next + 1 : next;
    const inner = /^\d/.test(words[open] ?? '') ? numberAt(words, open, false) : null;
    if (inner && (unitAt(words, open + inner.length) ?? unitAt(words, open + inner.length + 1))) {
      items.push({ value, unit: null, isJoined: false });
      take(at, open);
      at = open;
      continue;
    }
    const isAlone = tokens.length - number.length <= 0;
    const before = words[at - 1];
    const after = words[next];
    const isWrapped = before === '(' && after === ')';
    if (
      !isAlone &&
      (before === 'x' ||
        before === '(' ||
        isWrapped ||
        at === counting ||
        (before === '-' && at === 1) ||
        (next === tokens.length && !/%/.test(before ?? '')))
    ) {
      if (!/^[%/]/.test(after ?? '')) {
        items.push({ value, unit: null, isJoined: false });
        take(before === 'x' || isWrapped || before === '-' ? at - 1 : at, isWrapped ? next + 1 : next);
      }
    }
    at = next;
  }
  // A container or a piece behind a size needs no number of its own: "400g tins".
  for (let at = 1; at < tokens.length; at++) {
    if (taken[at] || !(taken[at - 1] || (words[at - 1] === ')' && taken[at - 2]))) continue;
    const found = unitAt(words, at);
    if (found && found.unit.kind !== 'measure') {
      for (const item of items) if (item.unit === null) item.unit = found.unit;
      take(at, at + found.length);
      if (words[at + found.length] === 'of') take(at + found.length, at + found.length + 1);
    }
  }
  return { ...fold(items), rest: restOf(source, tokens, taken) };
}

/** "Dozen eggs", "gallon of milk": a measure that stands for one of itself; "cloves garlic": for what is counted beside. */
function bareUnit(
  words: readonly string[],
  at: number,
  items: Item[],
  take: (from: number, to: number) => void,
): number {
  const found = unitAt(words, at);
  if (!found) return 1;
  const { unit, length } = found;
  const isOf = words[at + length] === 'of';
  const isBare = BARE.has(unit.name) || (isOf && unit.kind !== 'measure') || (at === 0 && LEADING.has(unit.name));
  if (!isBare || words.length === length) return length;
  if (items.some(({ unit: other }) => other === unit)) return length;
  items.push({ value: 1, unit, isJoined: false });
  take(at, at + length + (isOf ? 1 : 0));
  return length + (isOf ? 1 : 0);
}
const BARE = new Set(['gallon', 'quart', 'pint', 'liter', 'dozen', 'half_dozen', 'half_gallon']);
const LEADING = new Set(['butter_stick', 'clove', 'head', 'bunch', 'ear', 'sprig', 'slice']);

/** A number at a token: "1.5", "1 1/2", "1-1/2", "1/2", "two"; `trade` for "6/12 oz": six of twelve ounces. */
function numberAt(
  words: readonly string[],
  at: number,
  isFirst: boolean,
): { value: number; length: number; trade: number | null } | null {
  const word = words[at]!;
  if (/^\d/.test(word)) {
    const [top, bottom] = word.split('/').map(Number) as [number, number | undefined];
    if (bottom !== undefined) {
      if (isFraction(top, bottom)) return good(top / bottom, 1);
      const isUnitNext = unitAt(words, at + 1) !== null;
      return isUnitNext && bottom > 0 && Number.isInteger(top) ? { ...good(bottom, 1)!, trade: top } : null;
    }
    const dash = words[at + 1] === '-' ? 2 : 1;
    const part = /^(\d+)\/(\d+)$/.exec(words[at + dash] ?? '');
    if (part && Number.isInteger(top) && isFraction(Number(part[1]), Number(part[2])))
      return good(top + Number(part[1]) / Number(part[2]), dash + 1);
    return good(top, 1);
  }
  const spelled = Object.hasOwn(ENGLISH_NUMBERS, word) ? ENGLISH_NUMBERS[word]! : null;
  if (spelled === null) return null;
  // "A couple of", "half a"; and a word only where something is counted by it.
  if ((word === 'a' || word === 'an') && ['couple', 'few', 'dozen', 'half', 'quarter'].includes(words[at + 1] ?? '')) {
    if (words[at + 1] === 'dozen') return good(1, 1);
    return { value: ENGLISH_NUMBERS[words[at + 1]!]!, length: words[at + 2] === 'of' ? 3 : 2, trade: null };
  }
  if (word === 'couple' || word === 'few') return good(spelled, words[at + 1] === 'of' ? 2 : 1);
  const isCounting =
    unitAt(words, at + 1) !== null || /^\d/.test(words[at + 1] ?? '') || (isFirst && at === 0 && spelled >= 2);
  return isCounting ? good(spelled, 1) : null;
}

function good(value: number, length: number) {
  return value > 0 && value < MOST ? { value, length, trade: null } : null;
}

function isFraction(top: number, bottom: number): boolean {
  return top > 0 && top < bottom && [2, 3, 4, 5, 6, 8, 16].includes(bottom) && gcd(top, bottom) === 1;
}
const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** Pounds and ounces are a sum; the same amount in two units counts once; pieces and sizes multiply. */
const SUMS: Readonly<Record<string, readonly string[]>> = {
  pound: ['ounce'],
  kilogram: ['gram'],
  gallon: ['quart', 'pint', 'fluid_ounce'],
  quart: ['pint', 'fluid_ounce', 'ounce'],
  liter: ['milliliter', 'centiliter', 'deciliter'],
};
/** From this many grams on, a number of pieces beside a size divides it: 16 oz of 8 rolls, but 5.3 oz, 4 ct. */
const WHOLE_GRAMS = 200;

function fold(items: readonly Item[]): Omit<Read, 'rest'> {
  let size: Amount | null = null;
  let also: Amount | null = null;
  let sized: Unit | null = null;
  let container: string | null = null;
  let count: number | null = null;
  let counted: Read['counted'] = null;
  let isPlainCount = false;
  for (const { value, unit, isJoined, isOnePack = false } of items) {
    if (unit?.kind === 'measure' && unit.dimension !== 'count') {
      const amount = value * unit.factor;
      if (size === null) [size, sized] = [{ dimension: unit.dimension, amount }, unit];
      else if (isJoined && SUMS[sized!.name]?.includes(unit.name)) {
        const more: number = unit.name === 'ounce' && size.dimension === 'volume' ? value * 29.5735295625 : amount;
        size = { dimension: size.dimension, amount: size.amount + more };
      } else if (unit.dimension !== size.dimension) also ??= { dimension: unit.dimension, amount };
      continue;
    }
    const factor = unit?.kind === 'measure' ? unit.factor : 1;
    count = (count ?? 1) * value * factor;
    if (unit?.kind === 'pack') container ??= unit.name;
    const isPieces = unit?.kind === 'measure' || (isOnePack && value > 1);
    const kind = unit === null ? 'number' : isPieces ? 'piece' : (unit.kind as 'piece' | 'pack' | 'part');
    if (unit?.kind === 'measure') isPlainCount = true;
    if (counted === null || counted === 'number') counted = kind;
  }
  if (size !== null && count !== null && counted !== 'part') {
    const isShared = isPlainCount && size.dimension === 'mass' && size.amount >= WHOLE_GRAMS;
    if (!isShared) size = { dimension: size.dimension, amount: size.amount * count };
  }
  return { size, also, count, counted, container };
}

function restOf(source: string, tokens: readonly Token[], taken: readonly boolean[]): string {
  let rest = '';
  let from = 0;
  for (const [index, token] of tokens.entries()) {
    if (!taken[index]) continue;
    rest += `${source.slice(from, token.start)} `;
    from = token.end;
  }
  return (rest + source.slice(from))
    .replace(/\(\s*\)/g, ' ')
    .replace(/[()]/g, ', ')
    .replace(/\s+/g, ' ')
    .trim();
}
