import { ALLERGENS, allergensNamed, plain, singular, type Allergen } from '../../nutrition/allergens.js';
import { isAgainst, KINDS, type Kind } from '../../nutrition/diets.js';
import type { Food } from '../../nutrition/foods.js';
import type { Library } from '../../nutrition/library.js';
import type { Recipe } from '../../nutrition/recipes.js';
import type { Notice, PlanRequest, Refusal, Rule } from './plan.js';

/** The foods and recipes a household gets none of, and the first rule that says so. */
export interface Avoided {
  foods: ReadonlyMap<string, Rule>;
  /** Disliked by their titles. */
  recipes: ReadonlySet<string>;
  notices: readonly Notice[];
  refusals: readonly Refusal[];
}

export function avoidedOf(request: PlanRequest, { foods, recipes }: Library): Avoided {
  const all = [...foods.values()];
  const avoided = new Map<string, Rule>();
  const avoid = (rule: Rule, some: readonly Food[]) =>
    some.filter(({ name }) => !avoided.has(name)).forEach(({ name }) => avoided.set(name, rule));
  const refusals: Refusal[] = [];
  const notices: Notice[] = [];
  const titles = new Set<string>();

  request.allergens.forEach((word, index) => {
    const held = withAllergen(word, all);
    avoid('allergen', held);
    if (held.length === 0)
      refusals.push({
        pointer: `/allergens/${index}`,
        reason: `"${word}" names none of the ${ALLERGENS.length} allergens and none of the foods we know, so no plan can be checked for it.`,
      });
  });
  for (const diet of request.diets)
    avoid(
      'diet',
      all.filter((food) => isAgainst(diet, food)),
    );
  for (const word of request.dislikes) {
    const disliked = called(word, all);
    const key = keyOf(word);
    const named = [...recipes.values()].filter((recipe) => holds(titleOf(recipe), key));
    avoid('dislike', disliked);
    named.forEach(({ id }) => titles.add(id));
    if (disliked.length + named.length === 0) notices.push(unknownFood(`"${word}" is in none of our recipes.`));
  }
  avoid(
    'stock',
    request.unavailableFoods.flatMap((name) => foodNamed(name, foods) ?? []),
  );
  for (const { food } of request.pantry)
    if (foodNamed(food, foods) === null)
      notices.push(unknownFood(`"${food}" in the pantry is none of the foods we know, so it is not planned with.`));
  return { foods: avoided, recipes: titles, notices, refusals };
}

const unknownFood = (sentence: string): Notice => ({ code: 'unknown_food', personId: null, sentence });

/** The food of this name or alias, in the singular or the plural. */
export function foodNamed(name: string, foods: ReadonlyMap<string, Food>): Food | null {
  const same = keyOf(name);
  return foods.get(name) ?? [...foods.values()].find((food) => keysOf(food).names.includes(same)) ?? null;
}

/** The words of each food in the form they are compared in, made once. */
function keysOf(food: Food): { names: readonly string[]; description: string } {
  const known = KEYS.get(food);
  if (known) return known;
  const keys = { names: [food.name, ...food.aliases].map(keyOf), description: keyOf(food.description) };
  KEYS.set(food, keys);
  return keys;
}
const KEYS = new WeakMap<Food, ReturnType<typeof keysOf>>();

function titleOf(recipe: Recipe): string {
  const known = TITLES.get(recipe);
  if (known !== undefined) return known;
  const title = keyOf(recipe.title);
  TITLES.set(recipe, title);
  return title;
}
const TITLES = new WeakMap<Recipe, string>();

/**
 * Foods that may hold what a word names; better too many than one too few. A word for one of the allergens means all foods that hold
 * it. Any other means each food with it in its name, aliases or description, what holds an allergen named within it ("cow's milk"),
 * and with them every mixture: nobody wrote down which vegetables and spices are in a sauce. Foods that nobody has looked at go along.
 */
function withAllergen(word: string, foods: readonly Food[]): readonly Food[] {
  const allergens = allergensIn(word);
  const kinds = kindsIn(word);
  const isKnownWord = allergensNamed(word) !== null;
  const named = new Set(isKnownWord ? [] : foods.filter((food) => isNamed(food, word)));
  if (allergens.length + kinds.length + named.size === 0) return [];
  return foods.filter(
    (food) =>
      food.facts === null ||
      allergens.some((one) => food.facts!.allergens.has(one)) ||
      kinds.some((one) => food.facts!.kinds.has(one)) ||
      named.has(food) ||
      (!isKnownWord && isMixture(food)),
  );
}

const SHORTEST = 3;

function allergensIn(phrase: string): readonly Allergen[] {
  const words = plain(phrase).split(' ');
  return allergensNamed(phrase) ?? [...new Set(words.flatMap((word) => allergensNamed(word) ?? []))];
}

const MEAT: readonly Kind[] = ['beef', 'pork', 'lamb', 'poultry'];
const KINDS_NAMED: Readonly<Record<string, readonly Kind[]>> = {
  ...Object.fromEntries(KINDS.map((kind) => [kind, [kind]])),
  meat: MEAT,
  'red meat': ['beef', 'pork', 'lamb'],
  chicken: ['poultry'],
  turkey: ['poultry'],
  wine: ['alcohol'],
};
const kindsIn = (word: string): readonly Kind[] => KINDS_NAMED[keyOf(word)] ?? [];

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

/** What somebody means who does not like a word: foods called so, else the whole kind ("dairy", "seafood"). */
function called(word: string, foods: readonly Food[]): readonly Food[] {
  const key = keyOf(word);
  const kinds = kindsIn(word);
  const allergens = allergensNamed(word) ?? [];
  const meanings: readonly ((food: Food) => boolean)[] = [
    (food) => holds(keysOf(food).names[0]!, key) || kinds.some((kind) => food.facts?.kinds.has(kind)),
    ({ facts }) => allergens.some((one) => facts?.allergens.has(one)),
    (food) => keysOf(food).names.some((name) => holds(name, key)),
  ];
  return meanings.map((isMeant) => foods.filter(isMeant)).find((meant) => meant.length > 0) ?? [];
}

/** "Corn" is in "cornstarch" too. */
function isNamed(food: Food, word: string): boolean {
  const { names, description } = keysOf(food);
  const key = keyOf(word);
  return key.length >= SHORTEST && [...names, description].some((one) => one.includes(key));
}

/** Whether a text has the words, whole and in their order. */
const holds = (text: string, words: string): boolean => ` ${text} `.includes(` ${words} `);

const keyOf = (text: string): string => plain(text).split(' ').map(singular).join(' ');
