import { englishNameOf } from '../../../vocabulary/danish/english-name.js';
import { dietNamed } from '../../../vocabulary/diets.js';
import { nearest } from '../../../vocabulary/near.js';
import { unreadAllergen, unreadDiet } from '../../../vocabulary/refusals.js';
import { isAgainst } from '../../nutrition/diets.js';
import type { Food } from '../../nutrition/foods.js';
import type { Library } from '../../nutrition/library.js';
import type { Recipe } from '../../nutrition/recipes.js';
import { notice } from '../solver/notices.js';
import type { PlanRequest, Refusal, Rule, Notice } from '../solver/plan.js';
import { cautionNotices, cautionsFor, cautionsIn, isNothingFor, labelNotices } from './cautions.js';
import { called, readAs, titled } from './disliked.js';
import { foodNamed } from './food-names.js';
import { isNone, withAllergen, type Certainty } from './mixtures.js';

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
  for (const recipe of cautions.dishes.size > 0 || cautions.noAlcohol ? recipes.values() : [])
    if (isNothingFor(cautions, recipe))
      for (const one of cautionsIn(request, recipe)) add(dishes, recipe.id, { rule: 'caution', ...one });
  notices.push(...cautionNotices(request), ...labelNotices(request));

  request.allergens.forEach((word, index) => {
    const held = withAllergen(word, all);
    for (const [{ name }, certainty] of held)
      add(avoided, name, { rule: 'allergen', personId: null, why: `allergen "${word}"${DOUBTS[certainty]}` });
    if (held.size > 0) return;
    const reason = unreadAllergen(word);
    if (reason !== null) refusals.push({ pointer: `/allergens/${index}`, reason });
    else if (!isNone(word)) notices.push(notice('allergen_unused', { word }));
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
    const { disliked, named } = inEither(word, (said) => {
      const disliked = called(said, all);
      return { disliked, named: titled(said, recipes.values(), all, disliked) };
    });
    avoid('dislike', disliked, `dislike "${word}"`);
    for (const { id } of named) add(dishes, id, { rule: 'dislike', personId: null, why: `dislike "${word}"` });
    notices.push(
      disliked.length + named.length === 0
        ? notice('dislike_unused', { word, like: likeIt(word, all) })
        : readAs(word, disliked, named),
    );
  }
  avoid(
    'stock',
    request.unavailableFoods.flatMap((name) => foodNamed(name, foods) ?? []),
    'no shop has it',
  );
  for (const { food } of request.pantry)
    if (foodNamed(food, foods) === null) notices.push(notice('pantry_unknown', { word: food }));
  return { foods: avoided, recipes: dishes, notices, refusals };
}

/** What a word is read as; where it says nothing in English, as its Danish: "svampe" are mushrooms. */
function inEither<T extends { disliked: readonly object[]; named: readonly object[] }>(
  word: string,
  read: (said: string) => T,
): T {
  const found = read(word);
  const english = found.disliked.length + found.named.length === 0 ? englishNameOf(word, true) : null;
  return english === null ? found : read(english);
}

const DOUBTS: Readonly<Record<Certainty, string>> = {
  holds: '',
  may: ' in some packs',
  untold: ', which it may have: nobody wrote down all that it is mixed of',
};

/** What may have been meant. */
const likeIt = (word: string, foods: readonly Food[]): string | null =>
  nearest(word, new Set(foods.flatMap(({ name, aliases }) => [name, ...aliases])))[0] ?? null;

/** Dishes with both; of poultry, too. */
function meatWithMilk(recipes: Iterable<Recipe>, foods: readonly Food[]): Recipe[] {
  const [meat, milk] = ['meat', 'dairy'].map((word) => new Set(called(word, foods).map(({ name }) => name)));
  const hasAny = (some: ReadonlySet<string>, { ingredients }: Recipe) =>
    ingredients.some(({ food }) => some.has(food.name));
  return [...recipes].filter((recipe) => hasAny(meat!, recipe) && hasAny(milk!, recipe));
}
