import { randomOf } from '../../../../common/random.js';
import { fitTable, nearestTable, usualServings, type Kitchen, type Table } from '../kitchen/kitchen.js';
import type { Larder } from '../kitchen/larder.js';
import type { Dish, Eater } from '../kitchen/eater.js';
import { kindOf, type DraftPlan, type Slot } from '../plan.js';
import { areTooMuchOfOne, beyondPlate, beyondUsual } from '../kitchen/servings.js';
import { isOfTheEvening } from '../first-morning.js';
import { chooseDay, NEVER, startOf, type Choice } from './choose-day.js';
import { misfitOfAll } from './misfit.js';

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
  /** Whether what was served the day before may come again. */
  mayRunOn: boolean;
  drafted: DraftPlan['days'][number]['meals'];
  thrift: number;
  round: number;
  /** The days that fitted so far: one of them again is the last resort. */
  served: readonly (readonly Dish[])[];
  /** Whether to take the time to try every two meals with each other when nothing else fits. */
  isThorough: boolean;
}

/** Each try draws new chances, holds on less to what was drafted and likes pieces less: halves fit worst. The thorough one is last. */
const TRIES = [
  { keep: 1000, pieces: 0, isStrict: false },
  { keep: 100, pieces: 20, isStrict: false },
  { keep: 20, pieces: 100, isStrict: true },
  { keep: 5, pieces: 1000, isStrict: true },
  { keep: 0, pieces: 1000, isStrict: true },
];
/** Reasons against a dish, on one scale: chance decides between those alike. */
const CHANCE = 3;
const SERVED_THIS_WEEK = 5;
/** For each time that much the same was served. */
const ALIKE_THIS_WEEK = 1.5;
const MOST_ALIKE = 4;
const SERVED_BEFORE = 2;
const SERVED_YESTERDAY = 4;
const IN_PANTRY = -8;
/** What is sold for less while it keeps. */
const ON_CLEARANCE = -40;
/** For portions twice what goes on a plate, so that somebody gets what they need of it. */
const HEAPED = 16;
/** For portions twice the most that is usual, or half of the least: only where they are let off. */
const UNUSUAL = 40;
/** What somebody would have had to begin yesterday. */
const TOO_LATE = 60;
/** A recipe of another meal of the day. */
const BORROWED = 4;

/** One day's dishes and portions: the drafted ones as far as they go, else the most welcome that fit everybody. */
export function cookDay(kitchen: Kitchen, larder: Larder, wishes: DayWishes): CookedDay | { shortOf: Slot } {
  const { slots, party, strictParty, dishes } = kitchen;
  const mayCome = (dish: Dish) =>
    larder.times(wishes.week, dish) < wishes.repeatLimit &&
    (wishes.mayRunOn || larder.daysSince(wishes.index, dish) > 1);
  const left = dishes.map((menu) => menu.filter(mayCome));
  const drafted = slots.map((slot) => wishes.drafted.find((meal) => meal.slot === slot) ?? null);
  const reasons = left.map((menu, meal) => menu.map((dish) => reasonAgainst(kitchen, larder, wishes, dish, meal)));
  const wanted = wantedOf(kitchen, drafted);
  const isTooLate = isTooLateFor(kitchen, wishes);
  const isLeft = (dish: Dish, meal: number) => left[meal]!.includes(dish);
  const served = wishes.served.filter((one) => one.every(isLeft));
  let nearest: { dishes: readonly Dish[]; misfit: number } = { dishes: [], misfit: Infinity };
  for (const [round, { keep, pieces, isStrict }] of TRIES.entries()) {
    const random = randomOf(kitchen.request.seed * 7919 + wishes.index * 101 + wishes.round * TRIES.length + round);
    const isLast = round === TRIES.length - 1;
    const menus = left.map((menu, meal) => {
      const choices = menu.map((dish, at): Choice => {
        const kept = dish.recipe.id === drafted[meal]?.recipeId ? keep : 0;
        const cut = dish.recipe.inHalves ? pieces : 0;
        return { dish, dislike: reasons[meal]![at]! + CHANCE * random() + cut - kept };
      });
      const inTime = isLast ? choices : choices.filter(({ dish }) => !isTooLate(dish, meal));
      return [...(inTime.length > 0 ? inTime : choices)].sort((a, b) => a.dislike - b.dislike);
    });
    const start = startOf(menus);
    if (start.length < slots.length) return { shortOf: slots[menus.findIndex((_, meal) => !start[meal])]! };
    const isDrafted = start.every(({ dish }, meal) => dish.recipe.id === drafted[meal]?.recipeId);
    const who = isStrict ? strictParty : party;
    const tries = [
      ...(round === 0 && isDrafted ? [() => start.map(({ dish }) => dish)] : []),
      () => chooseDay(menus, who, kitchen.kin, start, isLast && wishes.isThorough),
      ...(isLast ? served.map((dishes) => () => dishes) : []),
    ];
    for (const choose of tries) {
      const chosen = choose();
      const table = fitTable(kitchen, chosen, wanted);
      if (table) return { dishes: chosen, table, isFit: true };
      const misfit = misfitOfAll(strictParty, chosen) + (areTooMuchOfOne(chosen) ? NEVER : 0);
      if (misfit < nearest.misfit) nearest = { dishes: chosen, misfit };
    }
  }
  return { dishes: nearest.dishes, table: nearestTable(kitchen, nearest.dishes, wanted), isFit: false };
}

/** Whether a dish would have had to be begun yesterday. */
const isTooLateFor =
  ({ request, slots }: Kitchen, { index }: DayWishes) =>
  ({ recipe }: Dish, meal: number): boolean =>
    index === 0 && (request.startsToday ?? false) && isOfTheEvening(recipe, slots[meal]!);

function reasonAgainst(kitchen: Kitchen, larder: Larder, wishes: DayWishes, dish: Dish, meal: number): number {
  const { slots, eaters, usual } = kitchen;
  const each = eaters.map((eater) => usualServings(eater, dish, meal));
  const servings = each.reduce((sum, one) => sum + one, 0);
  const beyond = each.reduce((sum, one) => sum + beyondPlate(dish.recipe, slots[meal]!, one), 0) / each.length;
  const unusual = each.reduce((sum, one, who) => sum + beyondUsual(one, usual.get(dish)?.[who] ?? null), 0);
  const since = larder.daysSince(wishes.index, dish);
  return (
    (dish.recipe.meals.includes(kindOf(slots[meal]!)) ? 0 : BORROWED) +
    SERVED_THIS_WEEK * larder.times(wishes.week, dish) +
    ALIKE_THIS_WEEK * Math.min(MOST_ALIKE, larder.timesAlike(wishes.week, dish)) +
    (since === Infinity ? 0 : SERVED_BEFORE) +
    (since === 1 ? SERVED_YESTERDAY : 0) +
    HEAPED * beyond +
    (isTooLateFor(kitchen, wishes)(dish, meal) ? TOO_LATE : 0) +
    (UNUSUAL * unusual) / each.length +
    IN_PANTRY * larder.shareInPantry(dish, servings) +
    ON_CLEARANCE * larder.shareOfDated(wishes.index, dish, servings) +
    wishes.thrift * dearness(dish, kitchen.money)
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
function dearness({ cents, kcal }: Dish, { usualPerKcal }: Kitchen['money']): number {
  return cents === 0 ? 1 : cents / kcal / usualPerKcal;
}
