import type { Library } from '../../../nutrition/library.js';
import type { Nutrient } from '../../../nutrition/nutrients.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import { shortlistOf, type Shortlist } from '../../needs/shortlist.js';
import { fit, type Wanted } from '../days/fit.js';
import { misfitOf, partyOf, type Party } from '../days/misfit.js';
import { slotsOf, type PersonTargets, type PlanMeal, type PlanRequest, type Slot } from '../plan.js';
import { eaterOf, STRICT_RIGOUR, USUAL_RIGOUR, type Dish, type Eater, type Rigour } from './eater.js';
import { kinOf, type Kin } from './kin.js';
import { energySharesOf, limitsOf, toStep } from './servings.js';

/** A request made ready to be cooked for: who eats, what there is for each meal, all as numbers. */
export interface Kitchen {
  request: PlanRequest;
  library: Library;
  shortlist: Shortlist;
  slots: readonly Slot[];
  /** A person as numbers; `targets` may leave bands out. */
  eaterOf: (targets: PersonTargets, rigour: Rigour) => Eater;
  eaters: readonly Eater[];
  party: Party;
  /** The same people for days that hardly fit. */
  strictParty: Party;
  /** Of each slot. */
  dishes: readonly (readonly Dish[])[];
  kin: Kin;
  /** Whether the time for looking is over: what was found so far has to do. */
  isLate: () => boolean;
}

export function kitchenOf(request: PlanRequest, library: Library, isLate: () => boolean = () => false): Kitchen {
  const shortlist = shortlistOf(request, library);
  const slots = slotsOf(request.mealsPerDay);
  const nutrients = [...new Set(shortlist.targets.flatMap(({ bands }) => bands.map(({ nutrient }) => nutrient)))];
  const scales = scalesOf(shortlist, nutrients);
  const shares = energySharesOf(request.mealsPerDay);
  const toEater = (person: PersonTargets, rigour: Rigour) => eaterOf(person, nutrients, shares, scales, rigour);
  let index = 0;
  const dishes = slots.map((slot) =>
    (shortlist.recipes.get(slot) ?? []).map((recipe) => dishOf(recipe, index++, slot, nutrients, scales)),
  );
  const together = (rigour: Rigour) =>
    partyOf(
      shortlist.targets.map((person) => toEater(person, rigour)),
      index,
    );
  const party = together(USUAL_RIGOUR);
  return {
    request,
    library,
    shortlist,
    slots,
    eaterOf: toEater,
    eaters: party.eaters,
    party,
    strictParty: together(STRICT_RIGOUR),
    dishes,
    kin: kinOf(library),
    isLate,
  };
}

/** The figure of each nutrient's band, the mean over people. */
function scalesOf({ targets }: Shortlist, nutrients: readonly Nutrient[]): Float64Array {
  return Float64Array.from(nutrients, (nutrient) => {
    const bands = targets.flatMap(({ bands: all }) => all.filter((band) => band.nutrient === nutrient));
    return bands.reduce((sum, { min, max }) => sum + (max || min || 1), 0) / bands.length;
  });
}

function dishOf(recipe: Recipe, index: number, slot: Slot, nutrients: readonly Nutrient[], scales: Float64Array): Dish {
  return {
    recipe,
    index,
    limits: limitsOf(recipe, slot),
    amounts: Float64Array.from(nutrients, (nutrient, index) => recipe.perServing[nutrient].amount / scales[index]!),
    kcal: Math.max(1, recipe.perServing.kcal.amount),
  };
}

/** Servings by person, then meal. */
export type Table = readonly (readonly number[])[];

/** What each person would be served of a dish if bands did not matter: their usual energy of that meal. */
export const usualServings = (eater: Eater, { kcal }: Dish, meal: number): number => eater.kcal[meal]! / kcal;

/** The servings that somebody would have of a dish at a meal, if nothing had to change. */
export type Wanting = (
  eater: Eater,
  dish: Dish,
  meal: number,
) => Omit<Wanted, 'recipe' | 'limits'> & Partial<Pick<Wanted, 'limits'>>;

/** Servings that meet everybody's bands with the least change from what is wanted, or null. */
export function fitTable(kitchen: Kitchen, dishes: readonly Dish[], wanted: Wanting): Table | null {
  const table: (readonly number[])[] = [];
  for (const index of kitchen.eaters.keys()) {
    const servings = fitOne(kitchen, index, dishes, wanted);
    if (servings === null) return null;
    table.push(servings);
  }
  return table;
}

function fitOne({ eaters, shortlist }: Kitchen, index: number, dishes: readonly Dish[], wanted: Wanting) {
  const meals = dishes.map((dish, meal) => ({ ...dish, ...wanted(eaters[index]!, dish, meal) }));
  return fit(meals, shortlist.targets[index]!.bands);
}

/** Servings that come as near as they can, where not everybody's bands can be met. */
export const nearestTable = (kitchen: Kitchen, dishes: readonly Dish[], wanted: Wanting): Table =>
  kitchen.strictParty.eaters.map((eater, index) => {
    const fitted = fitOne(kitchen, index, dishes, wanted);
    return (
      fitted ?? [...misfitOf(eater, dishes).servings].map((one, meal) => toStep(one, dishes[meal]!.limits, 'fine'))
    );
  });

export function mealsOf({ slots, eaters }: Kitchen, dishes: readonly Dish[], table: Table): readonly PlanMeal[] {
  return slots.map((slot, meal) => ({
    slot,
    recipeId: dishes[meal]!.recipe.id,
    portions: eaters.map(({ personId }, index) => ({ personId, servings: table[index]![meal]! })),
  }));
}
