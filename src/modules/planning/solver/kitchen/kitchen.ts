import type { Library } from '../../../nutrition/library.js';
import type { Nutrient } from '../../../nutrition/nutrients.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import { shortlistOf, type Shortlist } from '../../needs/shortlist.js';
import { fit, type Wanted } from '../days/fit.js';
import { misfitOf, partyOf, type Party } from '../days/misfit.js';
import { DAYS_OF_A_WEEK } from '../dates.js';
import { Effort, WORK_OF_FITTING } from '../effort.js';
import { slotsOf, type Easing, type PersonTargets, type PlanMeal, type PlanRequest, type Slot } from '../plan.js';
import { Till } from '../shopping/basket.js';
import { eaterOf, STRICT_RIGOUR, USUAL_RIGOUR, type Dish, type Eater, type Rigour } from './eater.js';
import { moneyOf, type Money } from './money.js';
import { kinOf, type Kin } from './kin.js';
import { heldBands, type LetOff } from './easing.js';
import {
  energySharesOf,
  hungryOf,
  isPortion,
  limitsOf,
  leastSharesOf,
  mostOfDay,
  portionsOf,
  toStep,
  gramsOfFood,
  stepOf,
  type FoodCap,
  type Hungry,
  type Limits,
} from './servings.js';

/** A request made ready to be cooked for: who eats, what there is for each meal, all as numbers. */
export interface Kitchen {
  request: PlanRequest;
  library: Library;
  /** Its bands are those that are held. */
  shortlist: Shortlist;
  eased: readonly Easing[];
  /** How often a recipe may come in a week when nobody says and nothing else fits. */
  mostRepeats: number;
  slots: readonly Slot[];
  /** A person as numbers; `targets` may leave bands out. */
  eaterOf: (targets: PersonTargets, rigour: Rigour) => Eater;
  eaters: readonly Eater[];
  party: Party;
  /** The same people for days that hardly fit. */
  strictParty: Party;
  /** Of each slot. */
  dishes: readonly (readonly Dish[])[];
  /** By person, where unusual portions are let off: the usual ones of each dish. */
  usual: ReadonlyMap<Dish, readonly Limits[]>;
  kin: Kin;
  till: Till;
  money: Money;
  /** What looking may cost yet. */
  effort: Effort;
}

/** How strict a kitchen is; where bands are let off, all that may be or only some. */
export type Rung = Partial<Pick<Kitchen, 'eased' | 'mostRepeats'>> & Pick<LetOff, 'easedBands'>;

export function kitchenOf(
  request: PlanRequest,
  library: Library,
  rung: Rung & Partial<Pick<Kitchen, 'effort'>> = {},
): Kitchen {
  const { eased = [], mostRepeats = DAYS_OF_A_WEEK, effort = new Effort() } = rung;
  const asked = shortlistOf(request, library);
  const shortlist = { ...asked, targets: heldBands(asked.targets, rung) };
  const slots = slotsOf(request.mealsPerDay);
  const nutrients = [...new Set(shortlist.targets.flatMap(({ bands }) => bands.map(({ nutrient }) => nutrient)))];
  const scales = scalesOf(shortlist, nutrients);
  const shares = energySharesOf(request.mealsPerDay);
  const indexOf = ({ personId }: PersonTargets) => shortlist.targets.findIndex((one) => one.personId === personId);
  const toEater = (person: PersonTargets, rigour: Rigour) =>
    eaterOf(person, indexOf(person), nutrients, shares, scales, rigour);
  const hungry = hungryOf(request, shortlist.targets);
  const till = new Till(request, library);
  let index = 0;
  const dishes = slots.map((slot) =>
    (shortlist.recipes.get(slot) ?? []).flatMap((recipe): Dish[] => {
      const limits = hungry.map((who) => limitsOf(recipe, slot, who, request, eased));
      const cents = till.leastCents(recipe);
      // A sum without a price would be too small.
      if (!limits.every((one) => one !== null) || (cents === null && request.budgetCents !== null)) return [];
      const leastShares = leastSharesOf(recipe, limits, eased);
      const figures = figuresOf(recipe, nutrients, scales);
      return [{ recipe, index: index++, limits, leastShares, cents: cents ?? 0, ...figures }];
    }),
  );
  const together = (rigour: Rigour) =>
    partyOf(
      shortlist.targets.map((person) => toEater(person, rigour)),
      index,
      effort,
    );
  const party = together(USUAL_RIGOUR);
  return {
    request,
    library,
    shortlist,
    eased,
    mostRepeats,
    slots,
    eaterOf: toEater,
    eaters: party.eaters,
    party,
    strictParty: together(STRICT_RIGOUR),
    dishes,
    usual: eased.includes('portions') ? usualOf(dishes, slots, hungry, request) : new Map(),
    kin: kinOf(library),
    till,
    money: moneyOf(request.currency),
    effort,
  };
}

function usualOf(
  dishes: Kitchen['dishes'],
  slots: readonly Slot[],
  hungry: readonly Hungry[],
  request: PlanRequest,
): Kitchen['usual'] {
  const usualAt = (meal: number, { recipe }: Dish) =>
    hungry.map((who) => portionsOf(recipe, slots[meal]!, who, request, []));
  return new Map(dishes.flatMap((menu, meal) => menu.map((dish) => [dish, usualAt(meal, dish)] as const)));
}

/** The figure of each nutrient's band, the mean over people. */
function scalesOf({ targets }: Shortlist, nutrients: readonly Nutrient[]): Float64Array {
  return Float64Array.from(nutrients, (nutrient) => {
    const bands = targets.flatMap(({ bands: all }) => all.filter((band) => band.nutrient === nutrient));
    return bands.reduce((sum, { min, max }) => sum + (max || min || 1), 0) / bands.length;
  });
}

function figuresOf(recipe: Recipe, nutrients: readonly Nutrient[], scales: Float64Array) {
  return {
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

function fitOne(kitchen: Kitchen, index: number, dishes: readonly Dish[], wanted: Wanting) {
  const { eaters, shortlist, eased, effort } = kitchen;
  effort.spend(WORK_OF_FITTING);
  const meals = dishes.map((dish, meal) => ({
    recipe: dish.recipe,
    limits: dish.limits[index]!,
    ...wanted(eaters[index]!, dish, meal),
  }));
  return fit(meals, shortlist.targets[index]!.bands, mostOfDay(dishes, eased));
}

/** The same day with the portions that are let off brought back to usual ones, for each person who can have them. */
export function usualPortions(kitchen: Kitchen, dishes: readonly Dish[], table: Table): Table {
  const { eased, shortlist, request, slots } = kitchen;
  if (!eased.includes('portions')) return table;
  const stricter = eased.filter((one) => one !== 'portions');
  return hungryOf(request, shortlist.targets).map((who, index) => {
    const limits = dishes.map(({ recipe }, meal) => limitsOf(recipe, slots[meal]!, who, request, stricter));
    const meals = dishes.map((dish, meal) => {
      const usual = limits[meal] ?? dish.limits[index]!;
      return { recipe: dish.recipe, limits: usual, servings: toStep(table[index]![meal]!, usual, 'usual') };
    });
    // The least change from usual ones is a change of few of them.
    const few = () =>
      fit(
        meals.map((meal, at) => ({ ...meal, limits: dishes[at]!.limits[index]! })),
        who.bands,
        mostOfDay(dishes, eased),
      );
    const unusual = (row: readonly number[]) =>
      row.filter((one, at) => limits[at] && !isPortion(one, limits[at])).length;
    const fitted = fit(meals, who.bands, mostOfDay(dishes, stricter)) ?? few() ?? table[index]!;
    return unusual(fitted) <= unusual(table[index]!) ? fitted : table[index]!;
  });
}

/** Servings that come as near as they can, where not everybody's bands can be met. */
export const nearestTable = (kitchen: Kitchen, dishes: readonly Dish[], wanted: Wanting): Table =>
  kitchen.strictParty.eaters.map((eater, index) => {
    const fitted = fitOne(kitchen, index, dishes, wanted);
    if (fitted !== null) return fitted;
    const limits = dishes.map((dish) => dish.limits[index]!);
    const servings = [...misfitOf(eater, dishes, kitchen.effort).servings];
    const row = servings.map((one, meal) => toStep(one, limits[meal]!, 'fine'));
    return mostOfDay(dishes, kitchen.eased).reduce((kept, cap) => underCap(kept, dishes, limits, cap), row);
  });

/** Less of the dishes that hold a food of which there is too much, step by step of the one with most to spare, as far as portions go. */
function underCap(
  row: readonly number[],
  dishes: readonly Dish[],
  limits: readonly Limits[],
  { food, mostGrams }: FoodCap,
): number[] {
  const kept = [...row];
  const each = dishes.map(({ recipe }) => gramsOfFood(recipe, food));
  while (kept.reduce((sum, servings, meal) => sum + servings * each[meal]!, 0) > mostGrams) {
    const spare = kept.map((servings, meal) => (servings - limits[meal]!.min) * each[meal]!);
    const most = Math.max(...spare);
    if (most <= 0) break;
    const meal = spare.indexOf(most);
    kept[meal] = toStep(kept[meal]! - stepOf(limits[meal]!, 'fine'), limits[meal]!, 'fine');
  }
  return kept;
}

export function mealsOf({ slots, eaters }: Kitchen, dishes: readonly Dish[], table: Table): readonly PlanMeal[] {
  return slots.map((slot, meal) => ({
    slot,
    recipeId: dishes[meal]!.recipe.id,
    portions: eaters.map(({ personId }, index) => ({ personId, servings: table[index]![meal]! })),
  }));
}
