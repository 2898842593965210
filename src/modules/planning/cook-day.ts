import { randomOf } from '../../common/random.js';
import { chooseDay, type Choice, type Chosen } from './choose-day.js';
import { fitTable, nearestTable, usualServings, type Kitchen, type Table } from './kitchen.js';
import type { Larder } from './larder.js';
import type { Dish, Eater } from './misfit.js';
import type { DraftPlan, Slot } from './plan.js';

export interface CookedDay {
  dishes: readonly Dish[];
  table: Table;
  /** Whether everybody's bands are met. */
  isFit: boolean;
}

export interface DayWishes {
  /** Counted from 0. */
  index: number;
  week: number;
  repeatLimit: number;
  drafted: DraftPlan['days'][number]['meals'];
  thrift: number;
}

/** Each try draws new chances and holds on less to what was drafted. */
const TRIES = 5;
const KEEP_DRAFTED = [1000, 100, 20, 5, 0];
/** Reasons against a dish, on one scale: chance decides between those alike. */
const CHANCE = 3;
const SERVED_THIS_WEEK = 5;
const SERVED_BEFORE = 2;
const SERVED_YESTERDAY = 4;
const IN_PANTRY = -8;

/** One day's dishes and portions: the drafted ones as far as they go, else the most welcome that fit everybody. */
export function cookDay(kitchen: Kitchen, larder: Larder, wishes: DayWishes): CookedDay | { shortOf: Slot } {
  const { slots, eaters, dishes } = kitchen;
  const left = dishes.map((menu) => menu.filter((dish) => larder.times(wishes.week, dish) < wishes.repeatLimit));
  const drafted = slots.map((slot) => wishes.drafted.find((meal) => meal.slot === slot) ?? null);
  const reasons = left.map((menu, meal) => menu.map((dish) => reasonAgainst(kitchen, larder, wishes, dish, meal)));
  const wanted = wantedOf(kitchen, drafted);
  let nearest: Chosen | null = null;
  for (let round = 0; round < TRIES; round++) {
    const random = randomOf(kitchen.request.seed * 7919 + wishes.index * 101 + round);
    const menus = left.map((menu, meal) =>
      menu
        .map((dish, at): Choice => {
          const kept = dish.recipe.id === drafted[meal]?.recipeId ? KEEP_DRAFTED[round]! : 0;
          return { dish, dislike: reasons[meal]![at]! + CHANCE * random() - kept };
        })
        .sort((a, b) => a.dislike - b.dislike),
    );
    const start = startOf(menus);
    if (start.length < slots.length) return { shortOf: slots[menus.findIndex((_, meal) => !start[meal])]! };
    const isDrafted = start.every(({ dish }, meal) => dish.recipe.id === drafted[meal]?.recipeId);
    const asDrafted =
      round === 0 && isDrafted
        ? fitTable(
            kitchen,
            start.map(({ dish }) => dish),
            wanted,
          )
        : null;
    if (asDrafted) return { dishes: start.map(({ dish }) => dish), table: asDrafted, isFit: true };
    const chosen = chooseDay(menus, eaters, start);
    const table = fitTable(kitchen, chosen.dishes, wanted);
    if (table) return { dishes: chosen.dishes, table, isFit: true };
    if (nearest === null || chosen.misfit < nearest.misfit) nearest = chosen;
  }
  return { dishes: nearest!.dishes, table: nearestTable(kitchen, nearest!.dishes), isFit: false };
}

/** The first of each menu, no recipe twice; the shortest menus choose first. It ends where there is none. */
function startOf(menus: readonly (readonly Choice[])[]): Choice[] {
  const start: Choice[] = [];
  const order = menus.map((_, meal) => meal).sort((a, b) => menus[a]!.length - menus[b]!.length || a - b);
  for (const meal of order) {
    const isFree = ({ dish }: Choice) => !start.some((one) => one?.dish.recipe === dish.recipe);
    const choice = menus[meal]!.find(isFree);
    if (choice === undefined) return [];
    start[meal] = choice;
  }
  return start;
}

function reasonAgainst({ eaters }: Kitchen, larder: Larder, wishes: DayWishes, dish: Dish, meal: number): number {
  const servings = eaters.reduce((sum, eater) => sum + usualServings(eater, dish, meal), 0);
  const since = larder.daysSince(wishes.index, dish);
  return (
    SERVED_THIS_WEEK * larder.times(wishes.week, dish) +
    (since === Infinity ? 0 : SERVED_BEFORE) +
    (since === 1 ? SERVED_YESTERDAY : 0) +
    IN_PANTRY * larder.shareInPantry(dish, servings) +
    wishes.thrift * dearness(dish)
  );
}

type Drafted = DayWishes['drafted'][number] | null;

/** The drafted servings, shared out by energy; the usual ones where nothing usable was drafted. */
function wantedOf({ eaters }: Kitchen, drafted: readonly Drafted[]) {
  const energyOf = ({ kcal }: Eater) => kcal.reduce((sum, one) => sum + one, 0);
  const household = eaters.reduce((sum, eater) => sum + energyOf(eater), 0);
  return (eater: Eater, dish: Dish, meal: number) => {
    const { recipeId, servings } = drafted[meal] ?? { recipeId: null, servings: 0 };
    const isUsable = dish.recipe.id === recipeId && Number.isFinite(servings) && servings > 0;
    return { servings: isUsable ? (servings * energyOf(eater)) / household : usualServings(eater, dish, meal) };
  };
}

/** Cents per kcal against the usual price of a dish; one whose price nobody knows is taken as usual. */
function dearness({ recipe, kcal }: Dish): number {
  return recipe.costCentsPerServing === null ? 1 : recipe.costCentsPerServing / kcal / USUAL_CENTS_PER_KCAL;
}
const USUAL_CENTS_PER_KCAL = 0.44;
