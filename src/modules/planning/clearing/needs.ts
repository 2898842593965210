import { gramsToBuy } from '../../nutrition/foods.js';
import type { Library } from '../../nutrition/library.js';
import type { Recipe } from '../../nutrition/recipes.js';
import { foodNamed } from '../needs/food-names.js';
import type { Shortlist } from '../needs/shortlist.js';
import { datesOf } from '../solver/dates.js';
import { slotsOf, type Plan, type PlanRequest, type Slot } from '../solver/plan.js';
import { isStaple } from '../solver/shopping/keeping.js';
import { isFromTheTap } from '../solver/shopping/shopping-list.js';
import type { Use } from './words.js';

/** What each meal needs of each food, in whole grams as bought, rounded up as on the list: by food, in the order in which it is eaten. Pure. */
export type Needs = ReadonlyMap<string, readonly Use[]>;

/** What a plan needs beside what the household has. The pantry gives to the latest meals: what is fresh is eaten first. */
export function needsOf(plan: Plan, request: PlanRequest, library: Library): Needs {
  const needs = new Map<string, Use[]>();
  for (const { date, meals } of plan.days)
    for (const { slot, recipeId, portions } of meals) {
      const servings = portions.reduce((sum, portion) => sum + portion.servings, 0);
      for (const [food, grams] of gramsIn(library.recipes.get(recipeId), servings, request))
        needs.set(food, [...(needs.get(food) ?? []), { date, slot, recipeId, grams }]);
    }
  for (const { food: name, grams } of request.pantry) {
    const food = foodNamed(name, library.foods)?.name;
    const uses = food === undefined ? undefined : needs.get(food);
    if (uses) needs.set(food!, less(uses, Math.floor(grams)));
  }
  return needs;
}

/**
 * What a plan that is not made yet may need at most of each food: every day the recipe that takes most of it, no recipe more than twice a
 * week. Shops are chosen by it before anything is cooked.
 */
export function possibleNeeds({ recipes, targets }: Shortlist, request: PlanRequest): Needs {
  const servings = targets.reduce((sum, { energyKcal }) => sum + energyKcal / USUAL_KCAL, 0);
  const most = new Map<string, (Use & { slotAt: number })[]>();
  const slots = slotsOf(request.mealsPerDay);
  for (const [slot, menu] of recipes)
    for (const recipe of menu)
      for (const [food, grams] of gramsIn(recipe, servings, request)) {
        const known = most.get(food) ?? [];
        if (known.some(({ recipeId }) => recipeId === recipe.id)) continue;
        most.set(food, [...known, { date: '', slot, recipeId: recipe.id, grams, slotAt: slots.indexOf(slot) }]);
      }
  const dates = datesOf(request);
  return new Map(
    [...most].map(([food, all]) => {
      const sorted = all.sort((one, other) => other.grams - one.grams).slice(0, dates.length);
      return [food, dates.slice(0, 2 * sorted.length).map((date, at) => ({ ...sorted[at % sorted.length]!, date }))];
    }),
  );
}
const USUAL_KCAL = 2000;

function gramsIn(recipe: Recipe | undefined, servings: number, request: PlanRequest): [string, number][] {
  return (recipe?.ingredients ?? []).flatMap(({ food, gramsPerServing }): [string, number][] => {
    if (isFromTheTap(food) || (request.pantryStaples && isStaple(food))) return [];
    const grams = Math.ceil(Math.round(gramsToBuy(food, gramsPerServing * servings) * 100) / 100);
    return grams > 0 ? [[food.name, grams]] : [];
  });
}

function less(uses: readonly Use[], grams: number): Use[] {
  let left = grams;
  return uses
    .toReversed()
    .map((use) => {
      const taken = Math.min(left, use.grams);
      left -= taken;
      return { ...use, grams: use.grams - taken };
    })
    .reverse()
    .filter((use) => use.grams > 0);
}

/** From when on a meal may use what was bought by then. */
export interface UsableFrom {
  date: string;
  slot: Slot;
}
export const isUsable = (use: Pick<Use, 'date' | 'slot'>, from: UsableFrom, order: readonly Slot[]): boolean =>
  use.date > from.date || (use.date === from.date && order.indexOf(use.slot) >= order.indexOf(from.slot));
