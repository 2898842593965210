import type { Nutrient } from '../../../nutrition/nutrients.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import { PROVING_RIGOUR, type Dish } from '../kitchen/eater.js';
import { fitTable, usualServings, type Kitchen, type Table } from '../kitchen/kitchen.js';
import { mostOfDay } from '../kitchen/servings.js';
import type { PersonTargets } from '../plan.js';
import { DaySearch, type Judge, type Search } from './day-search.js';
import { fitOnSteps } from './fit.js';
import { isUnfit, partyOf, type Party } from './misfit.js';
import { leastCents } from './relaxation.js';

/** A day that meets the bands of everybody, and the least that it adds to a list. */
export interface FitDay {
  dishes: readonly Dish[];
  table: Table;
  cents: number;
}

/** What a day is wanted for: recipes that are scarce have prices, and so may money have. */
export interface DayWish {
  /** Of a recipe, 0 or more; a recipe that is left out is free. */
  prices: ReadonlyMap<Recipe, number>;
  /** What a cent counts; 0 where money is no matter. */
  perCent: number;
  /** Prices and cents together are to be no more than this. About 1. */
  limit: number;
}

/** Every day that a kitchen can serve, searched with proof. */
export class AllDays {
  private readonly people: readonly PersonTargets[];
  private readonly party: Party;
  private readonly search: DaySearch;

  /** Only these people, held to these nutrients alone; nobody else eats. */
  constructor(
    private readonly kitchen: Kitchen,
    isHeld: { personIds?: readonly string[]; nutrients?: readonly Nutrient[] } = {},
  ) {
    const { personIds, nutrients } = isHeld;
    this.people = kitchen.shortlist.targets
      .filter(({ personId }) => personIds?.includes(personId) ?? true)
      .map((one) => ({ ...one, bands: one.bands.filter(({ nutrient }) => nutrients?.includes(nutrient) ?? true) }));
    const eaters = this.people.map((one) => kitchen.eaterOf(one, PROVING_RIGOUR));
    this.party = partyOf(eaters, kitchen.dishes.flat().length, kitchen.effort);
    this.search = new DaySearch(kitchen.dishes, eaters, kitchen.effort);
  }

  /** Whether it is certain that no day meets the bands. `effort`: a share of what a search may cost. */
  areUnfit(effort: number): boolean {
    const judge: Judge<true> = (dishes) => {
      if (isUnfit(this.party, dishes)) return 'impossible';
      return this.isImpossible(dishes) ? 'impossible' : { made: true };
    };
    const nothing = new Float64Array(this.kitchen.dishes.flat().length);
    return this.search.find({ perDish: nothing, perServing: nothing }, 0, judge, effort).kind === 'none';
  }

  /** A day as wished, with portions on the steps of a cook; `none` is proven, for any portions. */
  find({ prices, perCent, limit }: DayWish, effort = 1): Search<FitDay> {
    const dishes = this.kitchen.dishes.flat();
    const costs = {
      perDish: Float64Array.from(dishes, ({ recipe }) => prices.get(recipe) ?? 0),
      perServing: Float64Array.from(dishes, ({ cents }) => perCent * cents),
    };
    const judge: Judge<FitDay> = (day) => {
      if (isUnfit(this.party, day)) return 'impossible';
      const fit = fitDayOf(this.kitchen, day, perCent > 0);
      const price = day.reduce((sum, { index }) => sum + costs.perDish[index]!, 0);
      if (fit && price + perCent * fit.cents <= limit) return { made: fit };
      if (!fit) return this.isImpossible(day) ? 'impossible' : 'unsure';
      return price + perCent * this.leastCentsOf(day) > limit ? 'impossible' : 'unsure';
    };
    return this.search.find(costs, limit, judge, effort);
  }

  private isImpossible(day: readonly Dish[]): boolean {
    return this.people.some(({ bands, personId }) => {
      const who = this.kitchen.eaters.findIndex((eater) => eater.personId === personId);
      const meals = day.map(({ recipe, limits }) => ({ recipe, limits: limits[who]! }));
      return fitOnSteps(meals, bands, mostOfDay(day, this.kitchen.eased)) === 'impossible';
    });
  }

  private leastCentsOf(day: readonly Dish[]): number {
    const dishes = day.map((dish) => [dish]);
    return this.people.reduce((sum, { bands, personId }) => {
      const who = this.kitchen.eaters.findIndex((eater) => eater.personId === personId);
      return sum + leastCents({ slots: this.kitchen.slots, dishes }, bands, who);
    }, 0);
  }
}

/** A day of these dishes in portions that fit everybody: the usual ones as far as they go, or else the cheapest. */
export function fitDayOf(kitchen: Kitchen, dishes: readonly Dish[], isThrifty: boolean): FitDay | null {
  const table = fitTable(kitchen, dishes, (eater, dish, meal) => {
    if (!isThrifty) return { servings: usualServings(eater, dish, meal) };
    return { servings: dish.limits[eater.index]!.min, weight: dish.cents / dish.recipe.gramsPerServing };
  });
  if (table === null) return null;
  const centsOf = (row: readonly number[]) =>
    row.reduce((sum, servings, meal) => sum + servings * dishes[meal]!.cents, 0);
  return { dishes, table, cents: table.reduce((sum, row) => sum + centsOf(row), 0) };
}
