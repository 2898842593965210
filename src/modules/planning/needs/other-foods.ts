import { keyOf } from '../../../vocabulary/words.js';
import type { Food } from '../../nutrition/foods.js';
import type { Caution } from '../../nutrition/recipes.js';
import { foodNamed } from './food-names.js';

/** A food that somebody names in a plan of theirs: one of ours, or one that we have no figures for and count as the nearest of ours. */
export interface NamedFood {
  food: Food;
  /** What is told of it where it is counted as another; null for a food of ours. */
  countedAs: string | null;
  cautions: readonly Caution[];
}

/** Foods that people ask about above all in pregnancy: counted as, what they are, and what is wrong with them. */
const OTHERS: readonly (readonly [food: string, caution: Caution, words: string])[] = [
  [
    'salmon',
    'raw_fish',
    'smoked salmon|cold smoked salmon|lox|gravlax|gravad lax|smoked fish|smoked trout|raw salmon|salmon sashimi|sashimi',
  ],
  ['canned tuna', 'raw_fish', 'smoked tuna|raw tuna|tuna tartare|tuna sashimi'],
  ['mussels', 'raw_fish', 'raw oysters|oysters on the half shell|raw mussels|raw clams'],
  ['cod', 'high_mercury', 'swordfish|shark|king mackerel|marlin|tilefish|orange roughy|bigeye tuna'],
  [
    'turkey breast',
    'deli_meat',
    'deli meat|deli meats|lunch meat|luncheon meat|cold cuts|deli turkey|turkey deli slices|sliced turkey|turkey slices|smoked turkey',
  ],
  ['chicken breast', 'deli_meat', 'deli chicken|chicken deli slices|sliced chicken'],
  ['ham', 'deli_meat', 'deli ham|prosciutto|parma ham|serrano ham|smoked ham|sliced ham'],
  ['beef round roast', 'deli_meat', 'deli roast beef|sliced roast beef|pastrami|corned beef slices'],
  ['chorizo', 'deli_meat', 'salami|pepperoni|soppressata|cured sausage'],
  [
    'monterey jack cheese',
    'unpasteurised',
    'brie|brie cheese|camembert|camembert cheese|blue cheese|gorgonzola|roquefort|stilton|queso fresco|taleggio',
  ],
  ['whole milk', 'unpasteurised', 'raw milk|unpasteurised milk|unpasteurized milk'],
  ['egg', 'raw_egg', 'raw egg|raw eggs|soft boiled egg|soft boiled eggs|runny egg|runny eggs|egg sunny side up'],
];

const readings = new Map(
  OTHERS.flatMap(([food, caution, words]) => words.split('|').map((word) => [keyOf(word), { food, caution }] as const)),
);

/** What a name means; null for what we know nothing of. */
export function namedFood(name: string, foods: ReadonlyMap<string, Food>): NamedFood | null {
  const own = foodNamed(name, foods);
  if (own !== null) return { food: own, countedAs: null, cautions: [] };
  const reading = readings.get(keyOf(name));
  const food = reading === undefined ? undefined : foods.get(reading.food);
  if (reading === undefined || food === undefined) return null;
  return { food, countedAs: `counted as ${food.name}`, cautions: [reading.caution] };
}
