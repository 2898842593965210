import type { Nutrient } from '../nutrition/nutrients.js';
import type { Kitchen } from './kitchen.js';
import { PROVING_RIGOUR, type Dish } from './eater.js';
import { isUnfit } from './misfit.js';
import { leastCents } from './relaxation.js';

/** Days that can be looked at one by one in a second or so. */
const MOST_DAYS = 120_000;
/** So many can be looked at again and again. */
export const FEW_DAYS = 40_000;

/**
 * Whether it is certain that each day of these dishes misses the bands of one of these people, held to these nutrients alone. Where
 * there are too many days to look at, nothing is certain.
 */
export function isEveryDayUnfit(
  { slots, dishes, shortlist, eaterOf }: Kitchen,
  personIds: readonly string[],
  nutrients: readonly Nutrient[],
): boolean {
  if (daysOf(dishes) > MOST_DAYS) return false;
  const people = shortlist.targets
    .filter(({ personId }) => personIds.includes(personId))
    .map((one) => ({ ...one, bands: one.bands.filter(({ nutrient }) => nutrients.includes(nutrient)) }));
  const eaters = people.map((one) => eaterOf(one, PROVING_RIGOUR));
  // Nearly all days are far off and told so in a microsecond; the few others take a linear program.
  const isUnfitDay = (day: readonly Dish[]) =>
    eaters.some((eater) => isUnfit(eater, day)) ||
    people.some(({ bands }) => leastCents({ slots, dishes: day.map((dish) => [dish]) }, bands) === Infinity);
  const isUnfitAfter = (day: readonly Dish[]): boolean =>
    day.length === dishes.length
      ? isUnfitDay(day)
      : dishes[day.length]!.every(
          (dish) => day.some(({ recipe }) => recipe === dish.recipe) || isUnfitAfter([...day, dish]),
        );
  return isUnfitAfter([]);
}

export const daysOf = (menus: readonly (readonly unknown[])[]): number =>
  menus.reduce((product, menu) => product * menu.length, 1);
