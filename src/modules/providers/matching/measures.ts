import { termOf } from '../../../vocabulary/words.js';

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

const CUP_ML = 236.5882365;

export interface Measure {
  gramsPerMl: number | null;
  gramsPerPiece: number | null;
}

const MEASURES: ReadonlyMap<string, Measure> = new Map(
  TABLE.flatMap((row) => row.split('|')).map((entry) => {
    const parts = entry.split(' ');
    const [cup, piece] = parts.slice(-2).map((part) => (part === '-' ? null : Number(part)));
    const name = termOf(parts.slice(0, -2).join(' '));
    return [name, { gramsPerMl: cup === null ? null : cup! / CUP_ML, gramsPerPiece: piece ?? null }] as const;
  }),
);

const UNMEASURED: Measure = { gramsPerMl: null, gramsPerPiece: null };

/** How the food that terms name is measured: the two-word names first, then the last word that has an entry. */
export function measureOf(terms: readonly string[]): Measure {
  for (let index = terms.length - 1; index > 0; index--) {
    const pair = MEASURES.get(`${terms[index - 1]}_${terms[index]}`);
    if (pair) return pair;
  }
  const known = terms.findLast((term) => MEASURES.has(term));
  return known === undefined ? UNMEASURED : MEASURES.get(known)!;
}
