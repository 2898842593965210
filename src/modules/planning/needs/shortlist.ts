import type { Library } from '../../nutrition/library.js';
import type { Nutrient } from '../../nutrition/nutrients.js';
import type { MealKind } from '../../nutrition/cookbook/recipe-card.dto.js';
import type { Recipe } from '../../nutrition/recipes.js';
import { notice } from '../solver/notices.js';
import {
  kindOf,
  slotsOf,
  type PersonTargets,
  type PlanRequest,
  type Refusal,
  type Slot,
  type Notice,
} from '../solver/plan.js';
import { DAYS_OF_A_WEEK } from '../solver/dates.js';
import { isOfTheEvening } from '../solver/first-morning.js';
import { avoidedOf, type Avoided } from './avoided.js';
import { targetsOf } from './targets.js';

/** All that may be chosen from, for each meal of the day: nothing else ever gets into a plan. */
export interface Shortlist {
  recipes: ReadonlyMap<Slot, readonly Recipe[]>;
  /** The bands of each person, in the order of the request. */
  targets: readonly PersonTargets[];
  /** What it was made without. */
  avoided: Pick<Avoided, 'foods' | 'recipes'>;
  notices: readonly Notice[];
  /** Why there is nothing to choose: an allergen that cannot be checked, a person without targets. */
  refusals: readonly Refusal[];
}

/** Whose recipes a meal takes when its own are too few. */
const BORROWS: Readonly<Record<MealKind, readonly MealKind[]>> = {
  breakfast: ['snack', 'lunch'],
  snack: ['breakfast', 'lunch'],
  lunch: ['dinner'],
  dinner: ['lunch'],
};
export const USUAL_REPEATS = 2;

export function shortlistOf(request: PlanRequest, library: Library): Shortlist {
  const avoided = avoidedOf(request, library);
  const { foods, recipes: dishes, notices, refusals } = avoided;
  const places = placesOf(request);
  const persons = request.people.map((person, index) =>
    targetsOf(person, request.micronutrients, library.intakes, `/people/${places[index]!}`),
  );
  const targets = persons.flatMap((one) => (one.ok ? [one.targets] : []));
  const limited = limitedIn(targets);
  const allowed = [...library.recipes.values()].filter(
    (recipe) =>
      !dishes.has(recipe.id) &&
      recipe.ingredients.every(({ food }) => !foods.has(food.name)) &&
      (request.maxMinutes === null || recipe.limitMinutes <= request.maxMinutes) &&
      (request.budgetCents === null || (request.currency ?? 'USD') !== 'USD' || recipe.costCentsPerServing !== null) &&
      unmeasuredIn(recipe, limited).length === 0,
  );
  const borrowed: Notice[] = [];
  const recipes = new Map(
    slotsOf(request.mealsPerDay).map((slot) => [slot, recipesFor(slot, request, allowed, borrowed)]),
  );
  return {
    recipes,
    targets,
    avoided,
    notices: [...persons.flatMap((one) => (one.ok ? one.notices : [])), ...notices, ...borrowed],
    refusals: [...refusals, ...persons.flatMap((one) => (one.ok ? [] : one.refusals))],
  };
}

/** Where in the caller's list those stand who are planned for. */
function placesOf({ people, leftOut = [] }: PlanRequest): readonly number[] {
  const taken = new Set(leftOut.map(({ place }) => place));
  return [...Array(people.length + leftOut.length).keys()].filter((place) => !taken.has(place));
}

/** Nutrients that somebody may only have so much of. */
export const limitedIn = (targets: readonly PersonTargets[]): readonly Nutrient[] => [
  ...new Set(targets.flatMap(({ bands }) => bands.filter(({ max }) => max !== null).map(({ nutrient }) => nutrient))),
];

/** What is limited and not measured in every food of a recipe: that it stays under the limit cannot be proven. */
export const unmeasuredIn = (recipe: Recipe, limited: readonly Nutrient[]): readonly Nutrient[] =>
  limited.filter((nutrient) => recipe.perServing[nutrient].unknownFoods.length > 0);

/** A plan that starts today needs some for its first morning that nobody had to begin the evening before. */
const FEWEST_READY = 3;

/** The meal's own recipes, and those of other meals where its own do not reach for a week. */
function recipesFor(slot: Slot, request: PlanRequest, allowed: readonly Recipe[], notices: Notice[]): Recipe[] {
  const own = kindOf(slot);
  const same = slotsOf(request.mealsPerDay).filter((one) => kindOf(one) === own).length;
  const enough = Math.ceil((same * Math.min(request.days, DAYS_OF_A_WEEK)) / (request.maxRepeats ?? USUAL_REPEATS));
  const found = allowed.filter((recipe) => recipe.meals.includes(own) && !isTooLate(recipe, slot, request));
  const ready = found.filter((recipe) => !isOfTheEvening(recipe, slot)).length;
  for (const other of BORROWS[own]) {
    const more = allowed.filter(
      (recipe) => recipe.meals.includes(other) && !found.includes(recipe) && !isTooLate(recipe, slot, request),
    );
    const areFew = found.length < enough;
    const areUnready = request.startsToday === true && ready < FEWEST_READY;
    if ((!areFew && !areUnready) || more.length === 0) continue;
    const count = areFew ? found.length : ready;
    notices.push(notice('meals_borrowed', { count, slot, isRested: !areFew, from: other }));
    found.push(...more);
  }
  return found;
}

/** What rests overnight, for the morning of a plan of today alone; of more days, another has it. */
const isTooLate = (recipe: Recipe, slot: Slot, { startsToday = false, days }: PlanRequest): boolean =>
  startsToday && days === 1 && isOfTheEvening(recipe, slot);

export const labelOfSlot = (slot: Slot): string => `the ${slot.replace('_', ' ')}`;
