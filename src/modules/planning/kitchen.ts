import type { Library } from '../nutrition/library.js';
import type { Nutrient } from '../nutrition/nutrients.js';
import type { Recipe } from '../nutrition/recipes.js';
import { fit, type Wanted } from './fit.js';
import { eaterOf, misfitOf, type Dish, type Eater } from './misfit.js';
import { slotsOf, type PlanMeal, type PlanRequest, type Slot } from './plan.js';
import { energySharesOf, limitsOf, toStep } from './servings.js';
import { shortlistOf, type Shortlist } from './shortlist.js';

/** A request made ready to be cooked for: who eats, what there is for each meal, all as numbers. */
export interface Kitchen {
  request: PlanRequest;
  library: Library;
  shortlist: Shortlist;
  slots: readonly Slot[];
  eaters: readonly Eater[];
  /** Of each slot. */
  dishes: readonly (readonly Dish[])[];
}

export function kitchenOf(request: PlanRequest, library: Library): Kitchen {
  const shortlist = shortlistOf(request, library);
  const slots = slotsOf(request.mealsPerDay);
  const nutrients = [...new Set(shortlist.targets.flatMap(({ bands }) => bands.map(({ nutrient }) => nutrient)))];
  const scales = scalesOf(shortlist, nutrients);
  const shares = energySharesOf(request.mealsPerDay);
  return {
    ...{ request, library, shortlist, slots },
    eaters: shortlist.targets.map((person) => eaterOf(person, nutrients, shares, scales)),
    dishes: slots.map((slot) =>
      (shortlist.recipes.get(slot) ?? []).map((recipe) => dishOf(recipe, slot, nutrients, scales)),
    ),
  };
}

/** The figure of each nutrient's band, the mean over people. */
function scalesOf({ targets }: Shortlist, nutrients: readonly Nutrient[]): Float64Array {
  return Float64Array.from(nutrients, (nutrient) => {
    const bands = targets.flatMap(({ bands: all }) => all.filter((band) => band.nutrient === nutrient));
    return bands.reduce((sum, { min, max }) => sum + (max || min || 1), 0) / bands.length;
  });
}

function dishOf(recipe: Recipe, slot: Slot, nutrients: readonly Nutrient[], scales: Float64Array): Dish {
  return {
    recipe,
    limits: limitsOf(recipe, slot),
    amounts: Float64Array.from(nutrients, (nutrient, index) => recipe.perServing[nutrient].amount / scales[index]!),
    kcal: Math.max(1, recipe.perServing.kcal.amount),
  };
}

/** Servings by person, then meal. */
export type Table = readonly (readonly number[])[];

/** What each person would be served of a dish if bands did not matter: their usual energy of that meal. */
export const usualServings = (eater: Eater, { kcal }: Dish, meal: number): number => eater.kcal[meal]! / kcal;

/** Servings that meet everybody's bands with the least change from what is wanted, or null. */
export function fitTable(
  { eaters, shortlist }: Kitchen,
  dishes: readonly Dish[],
  wanted: (eater: Eater, dish: Dish, meal: number) => Omit<Wanted, 'recipe' | 'limits'> & Partial<Wanted>,
): Table | null {
  const table: (readonly number[])[] = [];
  for (const [index, eater] of eaters.entries()) {
    const meals = dishes.map((dish, meal) => ({ ...dish, ...wanted(eater, dish, meal) }));
    const servings = fit(meals, shortlist.targets[index]!.bands);
    if (servings === null) return null;
    table.push(servings);
  }
  return table;
}

/** Servings that come as near as they can where none meets all bands. */
export const nearestTable = ({ eaters }: Kitchen, dishes: readonly Dish[]): Table =>
  eaters.map((eater) => [...misfitOf(eater, dishes).servings].map((one, meal) => toStep(one, dishes[meal]!.limits)));

export function mealsOf({ slots, eaters }: Kitchen, dishes: readonly Dish[], table: Table): readonly PlanMeal[] {
  return slots.map((slot, meal) => ({
    slot,
    recipeId: dishes[meal]!.recipe.id,
    portions: eaters.map(({ personId }, index) => ({ personId, servings: table[index]![meal]! })),
  }));
}
