import { meaningOf } from '../../../vocabulary/meanings.js';
import { isBelow } from '../../../vocabulary/substances.js';
import { keyOf } from '../../../vocabulary/words.js';
import type { Food } from '../../nutrition/foods.js';
import type { Recipe } from '../../nutrition/recipes.js';
import { notice } from '../solver/notices.js';
import type { Notice } from '../solver/plan.js';
import { keysOf } from './food-names.js';

function titleOf(recipe: Recipe): string {
  const known = TITLES.get(recipe);
  if (known !== undefined) return known;
  const title = keyOf(recipe.title);
  TITLES.set(recipe, title);
  return title;
}
const TITLES = new WeakMap<Recipe, string>();

/**
 * What somebody means who does not like a word. A group that people name together decides alone ("greens", "vegetables"); then a word for
 * several kinds at once ("meat"); then the foods that are the word ("sugar" is brown sugar, not sugar snap peas) or a part or form of it
 * ("lemon juice"), and the kind that it names ("dairy"). What is composed with any of them goes along: "beans" are in frozen mixed vegetables.
 */
export function called(word: string, foods: readonly Food[]): readonly Food[] {
  const { isMeant, isPartMeant } = meant(word, foods);
  const own = foods.filter(isMeant);
  const names = new Set(own.flatMap((food) => keysOf(food).names));
  const isWithPart = (food: Food) => keysOf(food).parts.some((part) => names.has(part) || isPartMeant(part));
  return foods.filter((food) => own.includes(food) || isWithPart(food));
}

/** Which foods a word means, and which parts of foods that are none of ours alone ("lima beans"). */
function meant(
  word: string,
  foods: readonly Food[],
): { isMeant: (food: Food) => boolean; isPartMeant: (part: string) => boolean } {
  const { named, kin, members } = meaningOf(word);
  if (members.size > 0)
    return {
      isMeant: (food) => keysOf(food).names.some((name) => members.has(name)),
      isPartMeant: (part) => members.has(part),
    };
  const of = (ids: readonly string[]) => (food: Food) => food.facts !== null && isOf(ids, food.facts.holds);
  const key = keyOf(word);
  const isNameOfOne = foods.some((food) => keysOf(food).names.includes(key));
  if (kin.length > 1 && !isNameOfOne) return { isMeant: of(kin), isPartMeant: () => false };
  const isPartMeant = (part: string) => !COLOURS.has(key) && isKindOf(part, key);
  const isCalled = (food: Food) => keysOf(food).names.some(isPartMeant);
  // A word that is a food's own name means no more than that: "salmon" leaves tuna in.
  const isKnown = foods.some((food) => isCalled(food) || keysOf(food).parts.some(isPartMeant));
  const isOfIds = of(isKnown ? named : kin);
  return { isMeant: (food) => isCalled(food) || isOfIds(food), isPartMeant };
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
export function titled(
  word: string,
  recipes: Iterable<Recipe>,
  foods: readonly Food[],
  disliked: readonly Food[],
): Recipe[] {
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

export function readAs(word: string, foods: readonly Food[], dishes: readonly Recipe[]): Notice {
  const names = foods.slice(0, MOST_NAMED).map(({ name }) => name);
  return notice('dislike_read', { word, foods: names, count: foods.length, isTitled: dishes.length > 0 });
}

/** Whether a text has the words, whole and in their order. */
const holds = (text: string, words: string): boolean => ` ${text} `.includes(` ${words} `);
