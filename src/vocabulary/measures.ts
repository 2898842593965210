import { termOf } from './words.js';

/**
 * Grams of a US cup and of one medium piece, for the foods that recipes measure one way and shops sell another. Rounded from the
 * household portions of USDA FoodData Central, SR Legacy (public domain); "-" is not measured.
 */
const TABLE = [
  'onion 160 110|green onion 100 15|butter 227 -|egg 243 50|oil 216 -|milk 244 -|salt 292 -|garlic 136 -|sugar 200 -',
  'brown sugar 220 -|powdered sugar 120 -|flour 125 -|tomato 180 123|cherry tomato 149 17|carrot 128 61|potato 150 213',
  'sweet potato 133 130|cheddar 113 -|mozzarella 112 -|parmesan 100 -|cheese 113 -|cornstarch 128 -|honey 339 -|celery 101 40',
  'mushroom 96 18|bell pepper 149 119|zucchini 124 196|cucumber 104 301|leek 89 89|cabbage 89 908|broccoli 91 151|banana 150 118',
  'apple 125 182|orange 180 131|lemon 212 84|lime - 67|pear 140 178|peach 154 150|mango 165 336|pineapple 165 905|avocado 150 201',
  'strawberry 144 12|blueberry 148 -|raspberry 123 -|grape 151 5|raisin 145 -|walnut 117 -|almond 143 -|peanut 146 -|pecan 109 -',
  'rice 185 -|quinoa 170 -|oat 81 -|lentil 192 -|couscous 173 -|bulgur 140 -|barley 200 -|spaghetti 91 -|penne 95 -|macaroni 122 -',
  'bread crumb 108 -|cocoa 86 -|chocolate chip 168 -|yogurt 245 -|sour cream 230 -|cream cheese 232 -|cottage cheese 226 -',
  'mayonnaise 220 -|ketchup 240 -|salsa 259 -|peanut butter 258 -|maple syrup 315 -|spinach 30 -|kale 16 -|jalapeno 90 14',
  'pea 134 -|corn 136 -|green bean 100 5|brussel sprout 88 19|eggplant 82 548|beet 136 82|radish 116 5|cauliflower 107 588',
  'black bean 240 -|chickpea 240 -|shallot - 25|ginger 96 -|cranberry 100 -|cream 238 -|half and half 242 -|broth 240 -|water 237 -',
  'juice 248 -|vinegar 239 -|soy sauce 255 -|baking soda 221 -|baking powder 221 -|yeast 192 -|flax 168 -|jam 320 -',
];

/**
 * Grams as bought, peel and all, of what shops sell without a weight: a piece, a bunch, a pint. Pieces are the edible weights of USDA's
 * household portions over the share that is eaten, rounded; a mango is 336 whole, a romaine heart 180 as shops pack three, a head of
 * garlic 12 cloves of 3 and its skin. Bunches: green onions 7 of 15, celery 8 to 10 stalks, leeks 3 without tops and roots taken off,
 * broccoli and spinach USDA's bunches, bananas five of 0.4 lb; herbs and kale as shops tie them. Pints of solids are dry: shops state 12 oz of blueberries, and
 * of cherry tomatoes and raspberries USDA's cups and pints.
 */
const SOLD = [
  'garlic piece 41|lemon piece 158|lime piece 79|avocado piece 271|mango piece 336|pineapple piece 1774|onion piece 122|egg piece 56.8',
  'cauliflower piece 1507|bell pepper piece 145|cucumber piece 310|eggplant piece 676|romaine lettuce piece 180|bagel piece 105',
  'parsley bunch 60|cilantro bunch 80|green onion bunch 105|celery bunch 500|kale bunch 230|leek bunch 600|broccoli bunch 997|banana bunch 907|spinach bunch 472',
  'blueberry pint 340|cherry tomato pint 298|raspberry pint 312',
];

const CUP_ML = 236.5882365;
const PINT_ML = 2 * CUP_ML;

export interface Measure {
  gramsPerMl: number | null;
  gramsPerPiece: number | null;
  /** Of what is sold by the pint, where shops fill it otherwise than cups. */
  gramsPerSoldMl: number | null;
  gramsPerBunch: number | null;
}

const UNMEASURED: Measure = { gramsPerMl: null, gramsPerPiece: null, gramsPerSoldMl: null, gramsPerBunch: null };

const MEASURES: ReadonlyMap<string, Measure> = measures();

function measures(): ReadonlyMap<string, Measure> {
  const all = new Map<string, Measure>();
  const add = (name: string, own: Partial<Measure>) => {
    const term = termOf(name);
    all.set(term, { ...(all.get(term) ?? UNMEASURED), ...own });
  };
  for (const entry of listed(TABLE)) {
    const parts = entry.split(' ');
    const [cup, piece] = parts.slice(-2).map((part) => (part === '-' ? null : Number(part)));
    const gramsPerMl = cup === null ? null : cup! / CUP_ML;
    add(parts.slice(0, -2).join(' '), { gramsPerMl, gramsPerPiece: piece ?? null });
  }
  for (const entry of listed(SOLD)) {
    const parts = entry.split(' ');
    const [unit, grams] = [parts.at(-2), Number(parts.at(-1))];
    const sold =
      unit === 'piece'
        ? { gramsPerPiece: grams }
        : unit === 'bunch'
          ? { gramsPerBunch: grams }
          : { gramsPerSoldMl: grams / PINT_ML };
    add(parts.slice(0, -2).join(' '), sold);
  }
  return all;
}

function listed(rows: readonly string[]): string[] {
  return rows.flatMap((row) => row.split('|'));
}

/** How the food that terms (or words) name is measured: the two-word names first, then the last word that has an entry. */
export function measureOf(terms: readonly string[]): Measure {
  for (let index = terms.length - 1; index > 0; index--) {
    const pair = MEASURES.get(`${terms[index - 1]}_${terms[index]}`);
    if (pair) return pair;
  }
  const known = terms.findLast((term) => MEASURES.has(term));
  return known === undefined ? UNMEASURED : MEASURES.get(known)!;
}

/**
 * Grams as bought of so many of what is sold by the piece ("ct", "each", "head"), the bunch or the pint; null for other units and where
 * nobody weighed one.
 */
export function soldGrams(terms: readonly string[], quantity: number, unit: string): number | null {
  const { gramsPerPiece, gramsPerBunch, gramsPerSoldMl } = measureOf(terms);
  const pint = gramsPerSoldMl === null ? null : gramsPerSoldMl * PINT_ML;
  const each = unit === 'bunch' ? gramsPerBunch : unit === 'pint' ? pint : SINGLE.has(unit) ? gramsPerPiece : null;
  return each === null ? null : each * quantity;
}
const SINGLE = new Set(['ct', 'each', 'head']);
