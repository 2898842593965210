import { dictionary } from '../../../common/dictionary.js';
import { kept } from '../../../common/kept.js';
import { goodsIn, HEADS, stemsOf } from './lexis/lexicon.js';
import type { Context, Doubt, Line } from './reading.js';

/** Words that name a whole shelf: what of it is meant has to be asked. */
const VAGUE = new Set(
  [
    'snack',
    'meat',
    'cheese',
    'fish',
    'fruit',
    'vegetable',
    'veggy',
    'veg',
    'salad',
    'drink',
    'soda',
    'pop',
    'juice',
    'sweet',
    'candy',
    'cake',
    'pie',
    'sauce',
    'nut',
    'berry',
    'cream',
    'dessert',
    'something sweet',
    'food',
    'stuff',
    'thing',
    'chip',
    'poultry',
    'seafood',
    'chicken',
    'turkey',
    'beef',
    'pork',
    'lamb',
    'mince',
    'formula',
    'baby formula',
    'breakfast',
    'lunch',
    'dinner',
    'treat',
    'protein bar',
    'fizzy drink',
    'wine',
    'cleaning stuff',
    'cleaning supply',
    'supply',
    'meat for sunday',
    'salad stuff',
    'groceries',
    'kød',
    'ost',
    'fisk',
    'frugt',
    'grønt',
    'grøntsager',
    'grøntsag',
    'slik',
    'kage',
    'pålæg',
    'drikkevarer',
    'saft',
    'kylling',
    'noget sødt',
    'vin',
    'nødder',
    'morgenmad',
  ].map((word) => stemsOf(word).join(' ')),
);
/** Goods that are sold in sizes so far apart that none is the usual one. */
const UNSIZED = new Set(
  [
    'dog food',
    'cat food',
    'dry dog food',
    'dry cat food',
    'kibble',
    'cat litter',
    'bird seed',
    'charcoal',
    'diaper',
    'nappy',
    'ble',
    'hundefoder',
    'kattefoder',
    'hundemad',
    'kattemad',
    'kattegrus',
    'trækul',
  ].map((word) => stemsOf(word).join(' ')),
);
/** Kinds under a vague word, for the choices of a question. */
const KINDS = dictionary<readonly string[]>({
  cheese: ['cheddar', 'mozzarella', 'cream cheese'],
  meat: ['ground beef', 'chicken breast', 'pork chops'],
  chicken: ['chicken breast', 'chicken thighs', 'whole chicken'],
  turkey: ['ground turkey', 'deli turkey', 'whole turkey'],
  chip: ['potato chips', 'tortilla chips', 'french fries'],
  juice: ['orange juice', 'apple juice'],
  snack: ['chips', 'popcorn', 'granola bars'],
  mince: ['beef mince', 'pork mince', 'lamb mince'],
  cream: ['heavy cream', 'half and half', 'sour cream'],
  fruit: ['apples', 'bananas', 'grapes'],
  vegetable: ['carrots', 'broccoli', 'peppers'],
  ost: ['skiveost', 'revet ost', 'flødeost'],
  kylling: ['kyllingebryst', 'kyllingelår', 'hel kylling'],
  frugt: ['æbler', 'bananer', 'pærer'],
  juice_da: ['appelsinjuice', 'æblejuice'],
});

const MEANT =
  /\b(the|my|our|that) (usual|good|regular|normal|same|right|special)\b|\b(the (blue|red|green|yellow|black) (can|one|box|bag|bottle))\b|\b(sædvanlige|den gode|plejer)\b/i;
const UNCOUNTED =
  /\b(a few|a thing of|things of|a million|a ton of|tons of|loads of|a load of|heaps of|a drop of|some more|en masse|en bunke)\b/i;
/** "Enough potatoes for 10", right before a name. */
const ENOUGH = /\b(enough|plenty of|lots of|a lot of|a bunch of|masser af|nok)\s+$/i;
const MOST_LIKELY = 500;

/** What has to be asked of a line that comes into the cart. `words` is the text around it that speaks of it. */
export function doubtsOfAdded(line: Line, words: string, before = ''): Doubt[] {
  const doubts: Doubt[] = [];
  const name = stemsOf(line.name).join(' ');
  if (MEANT.test(words))
    doubts.push({ kind: 'which_meant', why: `which ${line.name} is meant is not said`, choices: [] });
  else if (VAGUE.has(name) && line.brand === null && !tellsWhich(line.notes) && !isWholeBird(name, line))
    doubts.push({
      kind: 'which_food',
      why: `${line.name} is a whole kind of goods`,
      choices: [...(KINDS[name] ?? [])],
    });
  const either = line.name.split(/ (?:or|eller) /i);
  if (doubts.length === 0 && either.length > 1 && either.every((one) => isKnownName(one)))
    doubts.push({ kind: 'which_food', why: 'either of them was said', choices: either });
  if (doubts.length === 0 && UNSIZED.has(name) && line.quantity === null && line.size === null)
    doubts.push({ kind: 'which_size', why: `${line.name} comes in sizes far apart`, choices: [] });
  if (UNCOUNTED.test(words) || ENOUGH.test(before))
    doubts.push({ kind: 'how_much', why: 'an amount was hinted at, not said', choices: [] });
  return doubts;
}

/** What goods are for, or on what they hang, does not tell which of them is meant: "cheese for a board". */
const tellsWhich = (notes: string | null): boolean =>
  notes !== null && !/^(for|to|if|when|please|as|til|hvis|som)\b/i.test(notes);

/** "A 14 lb turkey", "two chickens": so many of them, and no cut. */
const isWholeBird = (name: string, { quantity, unit, size }: Line): boolean =>
  /^(chicken|turkey|kylling)$/.test(name) &&
  quantity !== null &&
  quantity < 10 &&
  unit === null &&
  !/count/.test(size ?? '');

/** Amounts that nobody buys: none, less than none, or beyond measure. */
export function isOdd(line: Line, words: string): boolean {
  const { quantity } = line;
  if (
    /[\p{L}][ ]?\s[-−]\d/u.test(words) ||
    /^[-−]\d[^\n]*$/u.test(words) ||
    /\b(minus|negative) (\d|one|two|three|four|five|six|ten)/.test(words)
  )
    return true;
  return (
    quantity !== null &&
    (quantity <= 0 || quantity > MOST_LIKELY || !Number.isFinite(quantity)) &&
    !(quantity <= 5000 && /^(gram|milliliter)$/.test(line.unit ?? ''))
  );
}

/** Whether anything in a name is a word of goods. */
export const isKnownName = kept(5000, (name: string) => name, isNameKnown);
function isNameKnown(name: string): boolean {
  const stems = stemsOf(name);
  return stems.some(
    (stem, at) => goodsIn(/[æøå]/.test(name)).at(stems, at) !== undefined || (HEADS().get(stem) ?? 0) > 0,
  );
}

/** Whether a name is listed as it stands: "half and half". */
export function isListedWhole(name: string): boolean {
  const stems = stemsOf(name);
  return goodsIn(/[æøå]/.test(name)).at(stems, 0)?.words.length === stems.length;
}

/** The lines of the cart that a name may mean: the same name, or all of its words. */
export function inCart(name: string, cart: Context['cart']): Context['cart'] {
  const asked = stemsOf(name);
  if (asked.length === 0) return [];
  const same = cart.filter((line) => stemsOf(line.name).join(' ') === asked.join(' '));
  if (same.length > 0) return same;
  return cart.filter((line) => {
    const stems = stemsOf(line.name).flatMap((stem) => stem.split('_'));
    const words = asked.flatMap((stem) => stem.split('_'));
    return (
      words.every((word) => stems.includes(word)) ||
      stems.every((stem) => words.includes(stem)) ||
      isSameDanish(words, stems)
    );
  });
}

/** The lines of the cart whose name, or the last word of it, is among words. */
export function heldIn(words: string, cart: Context['cart']): Context['cart'] {
  const said = stemsOf(words).flatMap((stem) => stem.split('_'));
  const whole = cart.filter(({ name }) =>
    stemsOf(name).every((stem) => stem.split('_').every((one) => said.includes(one))),
  );
  return whole.length > 0
    ? whole
    : cart.filter(({ name }) => said.includes(stemsOf(name).at(-1)?.split('_').at(-1) ?? ''));
}

const isSameDanish = (words: readonly string[], stems: readonly string[]): boolean =>
  words.length === 1 &&
  stems.some(
    (stem) =>
      stem.length > 3 &&
      (words[0]!.startsWith(stem.slice(0, -1)) || (stem.endsWith(words[0]!) && words[0]!.length > 3)),
  );
