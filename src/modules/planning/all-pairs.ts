import type { Nutrient } from '../nutrition/nutrients.js';
import type { Kitchen } from './kitchen.js';
import { isUnfit, PROVING_RIGOUR } from './misfit.js';
import { leastCents } from './relaxation.js';

/**
 * For days of two meals all pairs of dishes can be looked at: whether it is certain that each of them misses the bands of one of these
 * people, held to these nutrients alone. Days of more meals have too many combinations, so nothing is said about them.
 */
export function isEveryPairUnfit(
  { slots, dishes, shortlist, eaterOf }: Kitchen,
  personIds: readonly string[],
  nutrients: readonly Nutrient[],
): boolean {
  if (slots.length !== 2) return false;
  const people = shortlist.targets
    .filter(({ personId }) => personIds.includes(personId))
    .map((one) => ({ ...one, bands: one.bands.filter(({ nutrient }) => nutrients.includes(nutrient)) }));
  const eaters = people.map((one) => eaterOf(one, PROVING_RIGOUR));
  // Nearly all pairs are far off and told so in a microsecond; the few others take a linear program.
  const isUnfitPair = (pair: Kitchen['dishes'][number]) =>
    eaters.some((eater) => isUnfit(eater, pair)) ||
    people.some(({ bands }) => leastCents({ slots, dishes: pair.map((dish) => [dish]) }, bands) === Infinity);
  return dishes[0]!.every((first) =>
    dishes[1]!.every((second) => first.recipe === second.recipe || isUnfitPair([first, second])),
  );
}
