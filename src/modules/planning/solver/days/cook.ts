import { USUAL_REPEATS } from '../../needs/shortlist.js';
import { datesOf, weekOf } from '../dates.js';
import type { Kitchen } from '../kitchen/kitchen.js';
import { Larder } from '../kitchen/larder.js';
import type { Dish } from '../kitchen/eater.js';
import type { DraftPlan, Slot } from '../plan.js';
import { cookDay, type CookedDay } from './cook-day.js';

/** What was chosen and portioned, day by day. */
export interface Cooked {
  days: readonly CookedDay[];
  repeatLimit: number;
  /** The meal for which no recipe was left at the repeats allowed; the days end there. */
  shortOf: Slot | null;
}

/** The dishes of each day that fits. */
export const fitDaysOf = (days: Cooked['days']): readonly (readonly Dish[])[] =>
  days.filter(({ isFit }) => isFit).map(({ dishes }) => dishes);

/** Whether some recipe comes on two days running. */
export const areRunning = (days: Cooked['days']): boolean =>
  days.some(({ dishes }, index) =>
    dishes.some(({ recipe }) => days[index - 1]?.dishes.some((before) => before.recipe === recipe) ?? false),
  );

/** Whether no recipe comes oftener than is usual, or allowed, nor on two days running. */
export const isVaried = ({ request }: Kitchen, { days, repeatLimit }: Cooked): boolean =>
  repeatLimit <= (request.maxRepeats ?? USUAL_REPEATS) && (request.mayRunOn || !areRunning(days));

export interface Wishes {
  draft: DraftPlan | null;
  /** What a dish of usual price counts among the reasons against it: 4 where nobody names a budget, more to save. */
  thrift: number;
  /** Days known to fit, from another round. */
  known: readonly (readonly Dish[])[];
  /** Other chances for another round. */
  round: number;
  /** Whether it is proven that no day can fit, so that looking on is no use. Asked when a day was not found. */
  isHopeless: () => boolean;
  /** Whether to stop at a day that does not fit. */
  isQuick: boolean;
}

/** Thorough searches take a tenth of a second and more each. */
const MOST_SEARCHES = 2;

/** Day after day: what was eaten before counts against a recipe, what lies in the pantry for it. */
export function cook(kitchen: Kitchen, wishes: Wishes): Cooked {
  const { request } = kitchen;
  const larder = new Larder(kitchen);
  const days: CookedDay[] = [];
  /** Whether some day was looked for with all means and not found: the others are then only looked for quickly. */
  let isDoomed = false;
  let searches = MOST_SEARCHES;
  let repeatLimit = request.maxRepeats ?? USUAL_REPEATS;
  let mayRunOn = request.mayRunOn ?? false;
  for (const [index, date] of datesOf(request).entries()) {
    const week = weekOf(request, date);
    const drafted = wishes.draft?.days.find((day) => day.date === date)?.meals ?? [];
    const served = [...wishes.known, ...days.filter((one) => one.isFit).map(({ dishes }) => dishes)];
    const cookWith = (isThorough: boolean) =>
      cookDay(kitchen, larder, { ...wishes, drafted, index, week, repeatLimit, mayRunOn, isThorough, served });
    let day = cookWith(false);
    // Where one day fitted, others may: no proof is to be looked for.
    if (!isFit(day) && !isDoomed && !kitchen.effort.isOver() && (served.length > 0 || !wishes.isHopeless())) {
      if (searches-- > 0) day = cookWith(true);
      if (!isFit(day) && !mayRunOn) {
        mayRunOn = true;
        day = cookWith(false);
      }
      // What was served can be served again, so more repeats end in a fit.
      while (!isFit(day) && request.maxRepeats === null && served.length > 0 && repeatLimit < kitchen.mostRepeats) {
        repeatLimit++;
        day = cookWith(false);
      }
      isDoomed = !isFit(day);
      if (isDoomed && wishes.isQuick) return { days, repeatLimit, shortOf: null };
    }
    if ('shortOf' in day && !mayRunOn) {
      mayRunOn = true;
      day = cookWith(false);
    }
    if ('shortOf' in day) return { days, repeatLimit, shortOf: day.shortOf };
    larder.serve(week, index, day.dishes, day.table);
    days.push(day);
  }
  return { days, repeatLimit, shortOf: null };
}

const isFit = (day: ReturnType<typeof cookDay>): boolean => 'isFit' in day && day.isFit;
