import { avoidedBy } from '../../../vocabulary/allergens.js';
import { dietNamed } from '../../../vocabulary/diets.js';
import { meaningOf } from '../../../vocabulary/meanings.js';
import { unreadAllergen, unreadDiet } from '../../../vocabulary/refusals.js';
import { isBelow, substance } from '../../../vocabulary/substances.js';
import { nearest } from '../../../vocabulary/near.js';
import { keyOf } from '../../../vocabulary/words.js';
import { mayHold } from '../../nutrition/allergens.js';
import { isAgainst } from '../../nutrition/diets.js';
import type { Food } from '../../nutrition/foods.js';
import type { Library } from '../../nutrition/library.js';
import type { Recipe } from '../../nutrition/recipes.js';
import type { Notice, PlanRequest, Refusal, Rule } from '../solver/plan.js';
import { cautionNotices, cautionsFor, cautionsIn, isNothingFor } from './cautions.js';

/** Why a household gets none of something: every rule, and for whom where it is for somebody. */
export interface Reason {
  rule: Rule;
  personId: string | null;
  why: string;
}

/** The foods and recipes a household gets none of. */
export interface Avoided {
  foods: ReadonlyMap<string, readonly Reason[]>;
  /** Disliked by their titles, or nothing for somebody who eats along. */
  recipes: ReadonlyMap<string, readonly Reason[]>;
  notices: readonly Notice[];
  refusals: readonly Refusal[];
}

export function avoidedOf(request: PlanRequest, { foods, recipes }: Library): Avoided {
  const all = [...foods.values()];
  const avoided = new Map<string, Reason[]>();
  const add = (to: Map<string, Reason[]>, key: string, reason: Reason) => to.set(key, [...(to.get(key) ?? []), reason]);
  const avoid = (rule: Rule, some: readonly Food[], why: string) =>
    some.forEach(({ name }) => add(avoided, name, { rule, personId: null, why }));
  const refusals: Refusal[] = [];
  const notices: Notice[] = [];
  const dishes = new Map<string, Reason[]>();
  const cautions = cautionsFor(request);
  for (const recipe of recipes.values())
    if (isNothingFor(cautions, recipe))
      for (const one of cautionsIn(request, recipe)) add(dishes, recipe.id, { rule: 'caution', ...one });
  notices.push(...cautionNotices(request));

  request.allergens.forEach((word, index) => {
    const held = withAllergen(word, all);
    avoid('allergen', held, `allergen "${word}"`);
    if (held.length > 0) return;
    const reason = unreadAllergen(word);
    if (reason !== null) refusals.push({ pointer: `/allergens/${index}`, reason });
    else if (!isNone(word)) notices.push(unknownFood(`"${word}" is in none of the foods we plan with.`));
  });
  request.diets.forEach((word, index) => {
    const diet = dietNamed(word);
    if (diet === null) refusals.push({ pointer: `/diets/${index}`, reason: unreadDiet(word)! });
    else
      avoid(
        'diet',
        all.filter((food) => isAgainst(diet, food)),
        `diet "${word}"`,
      );
  });
  if (request.diets.some((word) => dietNamed(word) === 'kosher'))
    for (const { id } of meatWithMilk(recipes.values(), all))
      add(dishes, id, { rule: 'diet', personId: null, why: 'diet "kosher": meat and milk in one dish' });
  for (const word of request.dislikes) {
    const disliked = called(word, all);
    const named = titled(word, recipes.values(), all, disliked);
    avoid('dislike', disliked, `dislike "${word}"`);
    for (const { id } of named) add(dishes, id, { rule: 'dislike', personId: null, why: `dislike "${word}"` });
    notices.push(
      disliked.length + named.length === 0
        ? unknownFood(`"${word}" is in none of our recipes.${likeIt(word, all)}`)
        : { code: 'dislike_read', personId: null, sentence: readAs(word, disliked, named) },
    );
  }
  avoid(
    'stock',
    request.unavailableFoods.flatMap((name) => foodNamed(name, foods) ?? []),
    'no shop has it',
  );
  for (const { food } of request.pantry)
    if (foodNamed(food, foods) === null)
      notices.push(unknownFood(`"${food}" in the pantry is none of the foods we know, so it is not planned with.`));
  return { foods: avoided, recipes: dishes, notices, refusals };
}

/** A misspelt food would be served to whoever does not like it. */
function likeIt(word: string, foods: readonly Food[]): string {
  const [like] = nearest(word, new Set(foods.flatMap(({ name, aliases }) => [name, ...aliases])));
  return like === undefined ? '' : ` Did you mean "${like}"?`;
}

/** Dishes with both; of poultry, too. */
function meatWithMilk(recipes: Iterable<Recipe>, foods: readonly Food[]): Recipe[] {
  const [meat, milk] = ['meat', 'dairy'].map((word) => new Set(called(word, foods).map(({ name }) => name)));
  const hasAny = (some: ReadonlySet<string>, { ingredients }: Recipe) =>
    ingredients.some(({ food }) => some.has(food.name));
  return [...recipes].filter((recipe) => hasAny(meat!, recipe) && hasAny(milk!, recipe));
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
 * Foods that may hold what a word names; better too many than one too few. What the law has named stands in the facts of each food. Of
 * anything else nobody wrote down which mixtures hold it, so where any food does, every mixture goes along; and so it is with a word
 * that only our foods are called by. Foods that nobody has looked at go in any case.
 */
function withAllergen(word: string, foods: readonly Food[]): readonly Food[] {
  const read = avoidedBy(word);
  if (read.ok) {
    if (read.ids.some((id) => UNTOLD.has(id)))
      return foods.filter((food) => isMixture(food) || mayHold(read.ids, food));
    const held = foods.filter((food) => mayHold(read.ids, food));
    return held.length === 0 || read.ids.every(isOfLaw)
      ? held
      : foods.filter((food) => held.includes(food) || isMixture(food));
  }
  const named = read.why === 'unknown' ? foods.filter((food) => isNamed(food, word)) : [];
  return named.length === 0
    ? []
    : foods.filter((food) => named.includes(food) || food.facts === null || isMixture(food));
}

/** Additives that no fact of a food tells of. */
const UNTOLD: ReadonlySet<string> = new Set(
  'msg aspartame gelatine insect bone_char animal_derived lanolin seed_mix yeast'.split(' '),
);
/** Named by the law of food labels: makers must tell, and so the facts do. */
const isOfLaw = (id: string): boolean => LAWFUL.has(substance(id).kind) && id !== 'legume';
const LAWFUL: ReadonlySet<string> = new Set(['allergen', 'group']);
const SHORTEST = 3;

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

/**
 * What somebody means who does not like a word. A group that people name together decides alone ("greens", "vegetables"); then a word for
 * several kinds at once ("meat"); then the foods that are the word ("sugar" is brown sugar, not sugar snap peas) or a part or form of it
 * ("lemon juice"), and the kind that it names ("dairy").
 */
function called(word: string, foods: readonly Food[]): readonly Food[] {
  const { named, kin, members } = meaningOf(word);
  if (members.size > 0) return foods.filter((food) => keysOf(food).names.some((name) => members.has(name)));
  const of = (ids: readonly string[]) => (food: Food) => food.facts !== null && isOf(ids, food.facts.holds);
  const key = keyOf(word);
  const isNameOfOne = foods.some((food) => keysOf(food).names.includes(key));
  if (kin.length > 1 && !isNameOfOne) return foods.filter(of(kin));
  const isCalled = (food: Food) => !COLOURS.has(key) && keysOf(food).names.some((name) => isKindOf(name, key));
  // A word that is a food's own name means no more than that: "salmon" leaves tuna in.
  const isOfIds = of(foods.some(isCalled) ? named : kin);
  return foods.filter((food) => isCalled(food) || isOfIds(food));
}

/** Whether a name ends with a word, or is a part or form of it; in one word or two ("egg plant"). */
function isKindOf(name: string, word: string): boolean {
  if (name === word || name.endsWith(` ${word}`) || name.replaceAll(' ', '') === word.replaceAll(' ', '')) return true;
  return (
    name.startsWith(`${word} `) &&
    name
      .slice(word.length + 1)
      .split(' ')
      .every((part) => FORMS.has(part))
  );
}

/** What stands after the name of a food for a part of it, or for it in another form. */
const FORMS: ReadonlySet<string> = new Set(
  (
    'breast thigh drumstick leg wing fillet chop tenderloin loin shoulder belly mince broth stock juice zest peel leaf root bulb clove ' +
    'stick floret seed powder paste puree sauce extract syrup milk oil butter yolk cheese lettuce vinegar squash'
  ).split(' '),
);

/** The dishes whose titles say a word, but not within the name of another food that stays: "butter" is in no "peanut butter". */
function titled(word: string, recipes: Iterable<Recipe>, foods: readonly Food[], disliked: readonly Food[]): Recipe[] {
  const key = keyOf(word);
  if (COLOURS.has(key)) return [];
  const others = foods
    .filter((food) => !disliked.includes(food))
    .flatMap((food) => keysOf(food).names.filter((name) => name !== key && holds(name, key)));
  return [...recipes].filter((recipe) => {
    const title = titleOf(recipe);
    if (!holds(title, key)) return false;
    return holds(
      others.reduce((text, name) => ` ${text} `.replaceAll(` ${name} `, ' ').trim(), title),
      key,
    );
  });
}

/** Of the very kind: oats are marked as gluten, which may be wheat for an allergy and is none for a dislike. */
const isOf = (ids: readonly string[], held: ReadonlySet<string>): boolean =>
  [...held].some((one) => ids.some((id) => one === id || isBelow(one, id)));

/** "Greens" are no green onions. */
const COLOURS: ReadonlySet<string> = new Set(['green', 'red', 'white', 'black', 'brown', 'yellow']);
const MOST_NAMED = 12;

function readAs(word: string, foods: readonly Food[], dishes: readonly Recipe[]): string {
  const names = foods.map(({ name }) => name);
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  const what = names.length > 0 ? `${names.slice(0, MOST_NAMED).join(', ')}${more}` : `dishes of that name`;
  const also = names.length > 0 && dishes.length > 0 ? ', and dishes of that name' : '';
  return `"${word}" was read as ${what}${also}: no meal may have it.`;
}

/** "Corn" is in "cornstarch" too. */
function isNamed(food: Food, word: string): boolean {
  const { names, description } = keysOf(food);
  const key = keyOf(word);
  return key.length >= SHORTEST && [...names, description].some((one) => one.includes(key));
}

/** Whether a text has the words, whole and in their order. */
const holds = (text: string, words: string): boolean => ` ${text} `.includes(` ${words} `);

/** "No allergies", as forms that ask for something have it. */
function isNone(word: string): boolean {
  const read = avoidedBy(word);
  return read.ok && read.ids.length === 0;
}
