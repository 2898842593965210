import { randomOf } from '../../../common/random.js';
import type { Library } from '../../nutrition/library.js';
import { labelOfSlot } from '../needs/shortlist.js';
import { foundClashes } from './clashes/nearest.js';
import { weekOf } from './dates.js';
import { misfitOfAll } from './days/misfit.js';
import type { Dish, Eater } from './kitchen/eater.js';
import { fitTable, kitchenOf, mealsOf, nearestTable, type Kitchen, type Table } from './kitchen/kitchen.js';
import type { Plan, PlanDay, PlanOutcome, PlanRequest, Refusal, Slot } from './plan.js';
import { provePlan } from './proof/plan-rules.js';

export interface SwapWish {
  date: string;
  slot: Slot;
  /** Null or left out: the next that suits. */
  recipeId?: string | null;
  /** Foods that the next that suits should do without; a recipe that is named may hold them. */
  unavailableFoods?: readonly string[];
}

/** `swapMeal` with a library of its own. */
export type SwapIn = (request: PlanRequest, plan: Plan, wish: SwapWish) => PlanOutcome;

/** How much less welcome it is to change another meal's portion than the new meal's, per gram. */
const OTHERS_WEIGHT = 20;

/**
 * Another recipe for one meal. All other recipes stay, other days to the byte, and the day's other portions unless the bands ask for it.
 * Without a recipe named it is the next in an order of chance that the seed gives, so swapping on and on walks through all that suit.
 */
export function swapMeal(request: PlanRequest, library: Library, plan: Plan, wish: SwapWish): PlanOutcome {
  const kitchen = kitchenOf(request, library, { eased: plan.eased });
  const { notices, refusals } = kitchen.shortlist;
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const day = plan.days.find(({ date }) => date === wish.date);
  const meal = kitchen.slots.indexOf(wish.slot);
  if (day === undefined) return refused('/date', `The plan has no day ${wish.date}.`);
  if (meal < 0) return refused('/slot', `The days of this plan have no meal "${wish.slot}".`);
  const options = optionsOf(kitchen, plan, day, meal);
  const wanted = wish.recipeId
    ? options.filter(({ recipe }) => recipe.id === wish.recipeId)
    : options.filter(
        ({ recipe }) => !recipe.ingredients.some(({ food }) => wish.unavailableFoods?.includes(food.name)),
      );
  if (wanted.length === 0)
    return refused('/recipeId', `There is no such recipe to choose from for ${labelOfSlot(wish.slot)}.`);

  const present = day.meals.map(({ recipeId }, index) => dishNamed(kitchen, index, recipeId));
  const outcomeOf = (dishes: readonly Dish[], table: Table): PlanOutcome => {
    const changed: PlanDay = { ...day, meals: mealsOf(kitchen, dishes, table) };
    const next = { ...plan, days: plan.days.map((one) => (one === day ? changed : one)) };
    const proof = provePlan(request, kitchen.shortlist.targets, next, library);
    if (proof.violations.length === 0) return { kind: 'planned', plan: next, proof, repairs: [], notices };
    return { kind: 'clash', clashes: foundClashes(kitchen, proof), nearest: { plan: next, proof }, notices };
  };
  const days = wanted.map((dish) => present.with(meal, dish));
  for (const mayMove of [false, true])
    for (const dishes of days) {
      const table = fitTable(kitchen, dishes, servingsBeside(day, meal, present[meal]!, mayMove));
      const outcome = table && outcomeOf(dishes, table);
      if (outcome?.kind === 'planned') return outcome;
    }
  const misfits = days.map((dishes) => misfitOfAll(kitchen.party, dishes));
  const nearest = days[misfits.indexOf(Math.min(...misfits))]!;
  return outcomeOf(nearest, nearestTable(kitchen, nearest, servingsBeside(day, meal, present[meal]!, true)));
}

const refused = (pointer: string, reason: string): { kind: 'refused'; refusals: Refusal[] } => ({
  kind: 'refused',
  refusals: [{ pointer, reason }],
});

function dishNamed({ dishes }: Kitchen, meal: number, recipeId: string): Dish {
  const dish = dishes[meal]!.find(({ recipe }) => recipe.id === recipeId);
  if (!dish) throw new Error(`the plan serves "${recipeId}", which is not allowed for its request`);
  return dish;
}

/** What the meal may become: not what the day has already nor what came often enough that week, the unused first. */
function optionsOf({ request, dishes }: Kitchen, plan: Plan, day: PlanDay, meal: number): readonly Dish[] {
  const served = (days: readonly PlanDay[]) => days.flatMap(({ meals }) => meals.map(({ recipeId }) => recipeId));
  const week = weekOf(request, day.date);
  const ofWeek = served(plan.days.filter(({ date }) => weekOf(request, date) === week));
  const ofDay = served([day]);
  const everywhere = served(plan.days);
  const random = randomOf(request.seed * 7919 + week * 31 + meal);
  const shuffled = dishes[meal]!.map((dish) => ({ dish, at: random() })).sort((a, b) => a.at - b.at);
  const present = shuffled.findIndex(({ dish }) => dish.recipe.id === day.meals[meal]!.recipeId);
  const timesIn = (all: readonly string[], { recipe }: Dish) => all.filter((id) => id === recipe.id).length;
  return [...shuffled.slice(present + 1), ...shuffled.slice(0, present)]
    .map(({ dish }) => dish)
    .filter((dish) => !ofDay.includes(dish.recipe.id) && timesIn(ofWeek, dish) < plan.repeatLimit)
    .sort((a, b) => timesIn(everywhere, a) - timesIn(everywhere, b));
}

/** The portions as they are; the new meal begins with the energy of the one before. */
function servingsBeside({ meals }: PlanDay, swapped: number, before: Dish, mayMove: boolean) {
  return ({ personId, index }: Eater, dish: Dish, meal: number) => {
    const servings = meals[meal]!.portions.find((portion) => portion.personId === personId)!.servings;
    if (meal === swapped) return { servings: (servings * before.kcal) / dish.kcal };
    if (mayMove) return { servings, weight: OTHERS_WEIGHT };
    return { servings, limits: { ...dish.limits[index]!, min: servings, max: servings } };
  };
}
