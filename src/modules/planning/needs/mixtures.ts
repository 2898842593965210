import { avoidedBy } from '../../../vocabulary/allergens.js';
import { substance } from '../../../vocabulary/substances.js';
import { keyOf } from '../../../vocabulary/words.js';
import { holdsAny, mayHold } from '../../nutrition/allergens.js';
import type { Food } from '../../nutrition/foods.js';
import { keysOf } from './food-names.js';

/** How surely a food holds what a word names: always, in some packs, or nobody wrote down all that it is mixed of. */
export type Certainty = 'holds' | 'may' | 'untold';

/**
 * Foods that may hold what a word names; better too many than one too few. What the law has named stands in the facts of each food. Of
 * anything else nobody wrote down which mixtures hold it, so where any food does, every mixture goes along but those that are never
 * seasoned with it; and so it is with a word that only our foods, or parts of them, are called by. Foods that nobody has looked at go in
 * any case.
 */
export function withAllergen(word: string, foods: readonly Food[]): ReadonlyMap<Food, Certainty> {
  const read = avoidedBy(word);
  if (read.ok ? read.ids.length === 0 : read.why === 'unclear') return new Map();
  const ids = read.ok ? read.ids : [];
  const own = new Set(foods.filter((food) => holdsSurely(word, ids, food)).flatMap((food) => keysOf(food).names));
  if (ids.length === 0 && own.size === 0) return new Map();
  const isOwn = (name: string) => own.has(name);
  const certaintyOf = (food: Food): Certainty | null => {
    const { names, parts } = keysOf(food);
    if (own.size > 0 && ([...names].some(isOwn) || [...parts].some(isOwn))) return 'holds';
    return food.facts === null || mayHold(ids, food) ? 'may' : null;
  };
  const told = new Map<Food, Certainty>();
  for (const food of foods) {
    const certainty = certaintyOf(food);
    if (certainty !== null) told.set(food, certainty);
  }
  const isKnownOfMixtures =
    ids.length > 0 && !ids.some((id) => UNTOLD.has(id)) && (told.size === 0 || ids.every(isOfLaw));
  if (isKnownOfMixtures) return told;
  const isSeasoning = ids.length > 0 && ids.every((id) => SEASONINGS.has(id));
  for (const food of foods)
    if (!told.has(food) && isMixture(food) && !(isSeasoning && UNSEASONED.has(food.name))) told.set(food, 'untold');
  return told;
}

function holdsSurely(word: string, ids: readonly string[], food: Food): boolean {
  return ids.length === 0 ? isNamed(food, word) : food.facts !== null && holdsAny(ids, food.facts.holds);
}

/** Additives that no fact of a food tells of. */
const UNTOLD: ReadonlySet<string> = new Set(
  'msg aspartame gelatine insect bone_char animal_derived lanolin seed_mix yeast'.split(' '),
);
/** Named by the law of food labels: makers must tell, and so the facts do. */
const isOfLaw = (id: string): boolean => LAWFUL.has(substance(id).kind) && id !== 'legume';
const LAWFUL: ReadonlySet<string> = new Set(['allergen', 'group']);

const MIXED_CATEGORIES: ReadonlySet<string> = new Set([
  'Soups, Sauces, and Gravies',
  'Sausages and Luncheon Meats',
  'Baked Products',
]);
/** Made of more than their names say. */
const MIXTURES: ReadonlySet<string> = new Set([
  'ketchup',
  'mayonnaise',
  'mustard',
  'hummus',
  'miso',
  'curry powder',
  'chili powder',
  'frozen mixed vegetables',
  'dill pickles',
  'bacon',
  'dark chocolate',
  'jam',
  'powdered sugar',
  'vanilla extract',
  'soy milk',
  'almond milk',
  'soy sauce',
  'low sodium soy sauce',
  'beer',
]);
const isMixture = ({ name, category }: Food): boolean => MIXED_CATEGORIES.has(category) || MIXTURES.has(name);

/** What mixtures are seasoned with, and those that never are. */
const SEASONINGS: ReadonlySet<string> = new Set(['allium', 'mushroom']);
const UNSEASONED: ReadonlySet<string> = new Set([
  'soy sauce',
  'low sodium soy sauce',
  'fish sauce',
  'miso',
  'soy milk',
  'almond milk',
  'beer',
  'dark chocolate',
  'jam',
  'powdered sugar',
  'vanilla extract',
  'baking powder',
  'baking soda',
  'active dry yeast',
  'corn tortillas',
  'puff pastry',
  'graham crackers',
]);

/** "Corn" is in "cornstarch" too. */
const SHORTEST = 3;
function isNamed(food: Food, word: string): boolean {
  const { names, parts, description } = keysOf(food);
  const key = keyOf(word);
  return key.length >= SHORTEST && [...names, ...parts, description].some((one) => one.includes(key));
}

/** "No allergies", as forms that ask for something have it. */
export function isNone(word: string): boolean {
  const read = avoidedBy(word);
  return read.ok && read.ids.length === 0;
}
