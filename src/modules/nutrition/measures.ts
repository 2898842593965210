/**
 * Household measures as a cook says them. A recipe names the measure of one serving ("1/2 medium carrot", "scant 1/3 cup, uncooked");
 * from it comes the measure of any weight of that ingredient, in the fractions that spoons, cups and knives have. Pure.
 */
export interface Measured {
  food: string;
  /** What of it makes one serving, and what that weighs. */
  measure: string;
  gramsPerServing: number;
}

interface Part {
  amount: number;
  /** "medium carrot", "cup". */
  unit: string;
  /** "uncooked", "drained": how it is when it is measured. */
  state: string;
}

const NUMBER = /(?:(\d+) )?(\d+)\/(\d+)|\d+(?:\.\d+)?/;
const MEASURE = new RegExp(
  `^(?:scant |generous |heaped )?(?<number>${NUMBER.source})(?: to (?<upto>\\d+))?(?: of an?)? (?:generous |good |heaped )?(?<rest>.+)$`,
);
/** Brackets that say another amount; those that say how large one is ("10-inch", "170 g size") stay. */
const OTHER_AMOUNT =
  / \((?:about|just over|scant|generous|an?|[\d/ ]+(?:cup|tbsp|tsp|oz|breast|bar|pat|fillet|small|large|medium)\b)[^)]*\)/g;

function partOf(measure: string): Part | null {
  const { number, upto, rest } = MEASURE.exec(measure.replace(OTHER_AMOUNT, ''))?.groups ?? {};
  if (number === undefined || rest === undefined) return null;
  const from = valueOf(number);
  const [unit = '', ...states] = rest.split(', ');
  // "Boneless, skinless thigh" is one thing.
  if (/^boneless$/.test(unit.split(' ').at(-1)!))
    return { amount: from, unit: [unit, states[0]].join(', '), state: states.slice(1).join(', ') };
  const [, spoon, state] = /^(cups?|tbsp|tsp|oz) (.+)$/.exec(unit) ?? [];
  const amount = upto === undefined ? from : (from + Number(upto)) / 2;
  return { amount, unit: spoon ?? unit, state: [state ?? '', ...states].filter((one) => one !== '').join(', ') };
}

function valueOf(text: string): number {
  const [, whole, top, bottom] = /^(?:(\d+) )?(\d+)\/(\d+)$/.exec(text) ?? [];
  return top === undefined ? Number(text) : Number(whole ?? 0) + Number(top) / Number(bottom);
}

const TEASPOONS: Readonly<Record<string, number>> = { tsp: 1, tbsp: 3, cup: 48, cups: 48 };
const OUNCES_PER_POUND = 16;
/** More than this share off is said: "scant" and "generous" of spoons, "about" of pieces. */
const TELLING = 0.06;

/**
 * Measures that fit neither a kitchen nor what shops sell (dashes, containers of one serving, extra-small fruit, blocks of another size),
 * and what is said instead, with its grams: USDA's household portions of the same food; an ounce is 28.35 g.
 */
const INSTEAD: Readonly<Record<string, { odd: RegExp; unit: string; grams: number }>> = {
  salt: { odd: /\b(dash(es)?|pinch)\b/, unit: 'tsp', grams: 6 },
  'black pepper': { odd: /\b(dash(es)?|pinch)\b/, unit: 'tsp', grams: 2.3 },
  cinnamon: { odd: /\b(dash(es)?|pinch)\b/, unit: 'tsp', grams: 2.6 },
  saffron: { odd: /\bpinch\b/, unit: 'tsp', grams: 0.7 },
  // Greek yogurt was weighed by the container alone: a cup as of plain yogurt.
  'nonfat greek yogurt': { odd: /\bcontainers?\b/, unit: 'cup', grams: 245 },
  spinach: { odd: /\bhandful\b/, unit: 'cup', grams: 30 },
  grapes: { odd: /\bgrapes\b/, unit: 'cup', grams: 151 },
  banana: { odd: /\b(small|large)\b/, unit: 'medium banana', grams: 118 },
  apple: { odd: /\b(small|large)\b/, unit: 'medium apple', grams: 182 },
  peach: { odd: /\b(small|large)\b/, unit: 'medium peach', grams: 150 },
  'firm tofu': { odd: /\bblocks?\b/, unit: 'oz', grams: 28.35 },
  'frozen mixed vegetables': { odd: /\bpackages?\b/, unit: 'oz', grams: 28.35 },
};

function commonOf(measured: Measured): Measured {
  const { odd, unit, grams } = INSTEAD[measured.food] ?? {};
  if (!odd?.test(measured.measure.replace(/ \(.*/, ''))) return measured;
  return { ...measured, measure: `1 ${unit}`, gramsPerServing: grams! };
}

/** "1½ medium carrots" for so many grams. Null where the measure cannot be read; weights are then all there is. */
export function measureOf(measured: Measured, grams: number): string | null {
  const { food, measure, gramsPerServing } = commonOf(measured);
  const part = partOf(measure);
  if (part === null || gramsPerServing <= 0) return null;
  const amount = (part.amount * grams) / gramsPerServing;
  const perSpoon = TEASPOONS[part.unit];
  if (perSpoon !== undefined) return spooned(amount * perSpoon, part.state, food);
  if (part.unit === 'oz')
    return amount >= OUNCES_PER_POUND
      ? said(amount / OUNCES_PER_POUND, 'lb', part.state, food)
      : said(amount, 'oz', part.state, food);
  return said(amount, part.unit, part.state, food);
}

const LEAST_TEASPOON = 1 / 12;

function spooned(teaspoons: number, state: string, food: string): string {
  if (teaspoons < LEAST_TEASPOON) return `a pinch of ${food}`;
  if (teaspoons < 2.75) return said(teaspoons, 'tsp', state, food);
  return teaspoons < 11 ? said(teaspoons / 3, 'tbsp', state, food) : said(teaspoons / 48, 'cup', state, food);
}

/** What can be measured: eighths of a teaspoon, thirds of a cup, halves of what is cut. */
const PARTS: Readonly<Record<string, readonly number[]>> = {
  tsp: [1 / 8, 1 / 4, 1 / 2, 3 / 4],
  tbsp: [1 / 2],
  cup: [1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4],
  oz: [1 / 4, 1 / 2, 3 / 4],
  lb: [1 / 4, 1 / 2, 3 / 4],
};
const PARTS_OF_PIECES = [1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4];
/** Nobody halves a leaf or an almond; whole ones, and one at least. */
const WHOLE = /\b(almonds|leaves|olives|sprouts|halves|pods|grapes|mushrooms|tomatoes|dash(es)?)\b/;
/** What is cracked is used whole, or beaten and halved. */
const HALVED = /^egg( white| yolk)?s?$/;
/** From here on, fractions are no more told: 5 cups, 7 eggs. */
const WHOLE_FROM: Readonly<Record<string, number>> = { cup: 6, oz: 10, lb: 10, tbsp: 4 };
const PIECES_WHOLE_FROM = 4;

function said(amount: number, unit: string, state: string, food: string): string {
  const near = nearest(amount, unit, HALVED.test(food));
  const off = amount / near - 1;
  const isTold = near < PIECES_WHOLE_FROM && Math.abs(off) > TELLING && !WHOLE.test(unit);
  const word = !isTold ? '' : !(unit in PARTS) ? 'about ' : off < 0 ? 'scant ' : 'generous ';
  return `${word}${written(near)} ${namedAs(unit, food, near > 1)}${state === '' ? '' : `, ${state}`}`;
}

function nearest(amount: number, unit: string, isHalved: boolean): number {
  if (WHOLE.test(unit)) return Math.max(1, Math.round(amount));
  const whole = Math.floor(amount);
  const halves = (amount >= 2 || isHalved) && !(unit in PARTS) ? [1 / 2] : (PARTS[unit] ?? PARTS_OF_PIECES);
  const parts = amount >= (WHOLE_FROM[unit] ?? PIECES_WHOLE_FROM) ? [] : halves;
  const choices = [...(whole > 0 ? [whole] : []), ...parts.map((part) => whole + part), whole + 1];
  return choices.reduce((best, one) => (Math.abs(one - amount) < Math.abs(best - amount) ? one : best));
}

const FRACTIONS: readonly (readonly [number, string])[] = [
  [1 / 8, '⅛'],
  [1 / 4, '¼'],
  [1 / 3, '⅓'],
  [1 / 2, '½'],
  [2 / 3, '⅔'],
  [3 / 4, '¾'],
];

function written(amount: number): string {
  const whole = Math.floor(amount + 1e-9);
  const sign = FRACTIONS.find(([value]) => Math.abs(value - (amount - whole)) < 1e-6)?.[1] ?? '';
  return `${whole === 0 && sign !== '' ? '' : whole}${sign}`;
}

const SPOONS = new Set(['tsp', 'tbsp', 'oz', 'lb']);
const SIZES = /^(?:extra[- ])?(?:small|medium|large|jumbo)$/;

/** "Medium carrot" of carrot is a medium carrot, "clove" of garlic a clove of garlic, "medium pepper" a medium red bell pepper. */
function namedAs(unit: string, food: string, isMany: boolean): string {
  if (SPOONS.has(unit)) return `${unit} ${food}`;
  const [, plain = unit, size = ''] = /^(.+?)( \([^)]*\))$/.exec(unit) ?? [];
  const words = plain.split(' ');
  const noun = singular(words.at(-1)!);
  const foodWords = food.split(' ');
  if (SIZES.test(plain)) return `${plain} ${isMany ? plural(food) : food}`;
  if (noun === singular(foodWords.at(-1)!)) {
    const whole = [...words.slice(0, -1), ...foodWords.slice(0, -1).filter((word) => !words.includes(word)), noun].join(
      ' ',
    );
    return `${isMany ? plural(whole) : whole}${size}`;
  }
  // A can of canned beans, half a package of frozen peas.
  const content = /^(can|package)$/.test(noun) ? food.replace(/^canned /, '') : food;
  const container = [...words.slice(0, -1), noun].join(' ');
  return `${isMany ? plural(container) : container}${size} ${content}`;
}

const IRREGULAR: Readonly<Record<string, string>> = { leaf: 'leaves', half: 'halves', loaf: 'loaves' };
const ONES = new Map(Object.entries(IRREGULAR).map(([one, many]) => [many, one]));

function singular(word: string): string {
  const known = ONES.get(word);
  if (known !== undefined) return known;
  if (/(?:oes|ches|shes|sses)$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('berries')) return `${word.slice(0, -3)}y`;
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

function plural(phrase: string): string {
  const words = phrase.split(' ');
  const last = words.at(-1)!;
  const many =
    IRREGULAR[last] ??
    (last.endsWith('s')
      ? last
      : /(?:o|ch|sh)$/.test(last) && !last.endsWith('avocado')
        ? `${last}es`
        : /[^aeiou]y$/.test(last)
          ? `${last.slice(0, -1)}ies`
          : `${last}s`);
  return [...words.slice(0, -1), many].join(' ');
}

/** Grams as a kitchen scale shows them, and finer for what weighs next to nothing. */
export const scaleGrams = (grams: number): number =>
  grams >= 10 ? Math.round(grams) : grams >= 1 ? Math.round(grams * 2) / 2 : Math.max(0.1, Math.round(grams * 10) / 10);
