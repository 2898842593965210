import { dictionary } from '../../../common/dictionary.js';
import { saidUnit } from './lexis/lexicon.js';
import type { Token } from './lexis/tokens.js';

/**
 * Tokens after what the layout of a text says: rows of a table ("Milk, 2, gal"), lists on one line ("chard / beets / leeks"), pictures that
 * stand for goods. The same tokens in the same places; those that only part fields are marked so.
 */
export const laidOut = (tokens: readonly Token[]): Token[] => rows(slashes(pictures(enumerated(tokens))));

/** "1) eggs 2) bread", "1. rice" above "2. wine": numbers that go up by one count the lines, and no goods. */
function enumerated(tokens: readonly Token[]): Token[] {
  const places: number[] = [];
  for (const [at, { value }] of tokens.entries()) {
    const mark = tokens[at + 1];
    const isFirst = at === 0 || tokens[at - 1]!.kind === 'break';
    const isDotted = mark?.key === '.' && (isFirst || (places.length > 0 && tokens[at - 1]!.kind === 'word'));
    const isMarked = mark?.key === ')' || isDotted || (isFirst && mark?.key === ':');
    if (value === places.length + 1 && isMarked && tokens[at - 1]?.key !== '(' && tokens[at + 2]) places.push(at);
  }
  if (places.length < 2) return [...tokens];
  return tokens.map((token, at) =>
    places.includes(at) || places.includes(at - 1) ? { ...token, isLayout: true as const } : token,
  );
}

/** A slash between blanks parts things as a new line does. */
function slashes(tokens: readonly Token[]): Token[] {
  return tokens.map((token, at) => {
    const [before, next] = [tokens[at - 1], tokens[at + 1]];
    const isFree =
      token.key === '/' && before && next && before.end < token.start && token.end < next.start && next.kind === 'word';
    return isFree ? { ...token, key: '\n', kind: 'break' as const } : token;
  });
}

const isParting = ({ kind, key }: Token): boolean => kind === 'mark' && /^[,;|]$/.test(key);

/** A row is a name, a number and perhaps a unit, parted by marks: the marks part fields there, and no things. */
function rows(tokens: readonly Token[]): Token[] {
  const all = [...tokens];
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]!.kind !== 'break') to++;
    const row = all.slice(from, to);
    const name = row.findIndex(
      (token) => !(token.kind === 'word' || (token.kind === 'mark' && /^[-*•–']$/.test(token.key))),
    );
    const fields = row.slice(name).filter((token) => !isParting(token));
    const isRow =
      name > 0 &&
      isParting(row[name]!) &&
      row[name + 1]?.kind === 'number' &&
      fields.length <= 2 &&
      (fields[1] === undefined || saidUnit(fields[1].key) !== null);
    if (isRow)
      for (let at = from + name; at < to; at++) if (isParting(all[at]!)) all[at] = { ...all[at]!, isLayout: true };
    from = to + 1;
  }
  return all;
}

/** Pictures that mean goods, by name. */
const PICTURED = dictionary<string>({
  '🍌': 'bananas',
  '🍎': 'apples',
  '🍏': 'apples',
  '🍐': 'pears',
  '🍊': 'oranges',
  '🍋': 'lemons',
  '🍇': 'grapes',
  '🍓': 'strawberries',
  '🍉': 'watermelon',
  '🍒': 'cherries',
  '🍑': 'peaches',
  '🥭': 'mango',
  '🍍': 'pineapple',
  '🥝': 'kiwi',
  '🍅': 'tomatoes',
  '🥑': 'avocado',
  '🥦': 'broccoli',
  '🥒': 'cucumber',
  '🌽': 'corn',
  '🥕': 'carrots',
  '🧄': 'garlic',
  '🧅': 'onions',
  '🥔': 'potatoes',
  '🍠': 'sweet potatoes',
  '🍆': 'eggplant',
  '🍄': 'mushrooms',
  '🥬': 'lettuce',
  '🍞': 'bread',
  '🥖': 'baguette',
  '🥐': 'croissants',
  '🥯': 'bagels',
  '🧀': 'cheese',
  '🥚': 'eggs',
  '🧈': 'butter',
  '🥛': 'milk',
  '🥓': 'bacon',
  '🍚': 'rice',
  '🍯': 'honey',
  '🦐': 'shrimp',
  '🍺': 'beer',
  '🍷': 'wine',
  '🧻': 'toilet paper',
  '🧼': 'soap',
});

/** Pictures that stand where a name would: as many as there are of one kind. Beside words they are decoration. */
function pictures(tokens: readonly Token[]): Token[] {
  const all = [...tokens];
  for (let from = 0; from < all.length; from++) {
    const name = PICTURED[all[from]!.text.replace(/\ufe0f/g, '')];
    if (all[from]!.kind !== 'picture' || name === undefined) continue;
    let to = from + 1;
    while (to < all.length && all[to]!.text === all[from]!.text) to++;
    if (hasWords(all, from, to)) continue;
    const count = to - from;
    if (count > 1) all[from] = { ...all[from]!, kind: 'number', key: String(count), value: count };
    const named = count > 1 ? from + 1 : from;
    all[named] = { ...all[named]!, kind: 'word', key: name };
    for (let at = named + 1; at < to; at++) all[at] = { ...all[at]!, isLayout: true };
    from = to - 1;
  }
  return all;
}

/** Whether words stand in the same stretch between marks or lines: what a picture only decorates. */
function hasWords(tokens: readonly Token[], from: number, to: number): boolean {
  const isEnd = (token: Token | undefined): boolean =>
    token === undefined || token.kind === 'break' || /^([,;+&]|and|og|plus)$/.test(token.key);
  let [first, last] = [from - 1, to];
  while (!isEnd(tokens[first])) first--;
  while (!isEnd(tokens[last])) last++;
  return tokens
    .slice(first + 1, last)
    .some(({ kind, key }) => kind === 'word' && !/^(add|get|buy|some|x|please)$/.test(key));
}
