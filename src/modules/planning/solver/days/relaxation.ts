import { solve, type Coefficients, type Constraint } from 'yalps';
import type { Dish } from '../kitchen/eater.js';
import type { Band, Slot } from '../plan.js';

interface Menus {
  slots: readonly Slot[];
  /** Of each slot. */
  dishes: readonly (readonly Dish[])[];
}

/**
 * The least that one person's day can cost, in cents, if each meal could be mixed from all its recipes: Infinity when even such a day
 * cannot meet the bands. A plan serves one recipe a meal, which is one of these mixtures, so what is impossible here is impossible
 * for every plan, and none costs less. `who` is the person's index. (The mixtures are the convex hull of single recipes within their portions.)
 */
export function leastCents({ slots, dishes }: Menus, bands: readonly Band[], who: number): number {
  const constraints: [string, Constraint][] = [
    ...bands.map((band): [string, Constraint] => [band.nutrient, loosened(band)]),
    ...slots.flatMap((slot): [string, Constraint][] => [
      [`most ${slot}`, { max: 1 }],
      [`least ${slot}`, { min: 1 }],
    ]),
  ];
  const variables = slots.flatMap((slot, meal) =>
    dishes[meal]!.map(({ recipe, limits, cents }): [string, Coefficients] => [
      `${slot} ${recipe.id}`,
      [
        ...bands.map((band): [string, number] => [
          band.nutrient,
          recipe.perServing[band.nutrient].amount / scaleOf(band),
        ]),
        [`most ${slot}`, 1 / limits[who]!.max],
        [`least ${slot}`, 1 / limits[who]!.min],
        ['cents', cents],
      ],
    ]),
  );
  const { status, result } = solve({ direction: 'minimize', objective: 'cents', constraints, variables });
  // Only a clear "infeasible" is a proof; numerics that gave up prove nothing.
  return status === 'infeasible' ? Infinity : status === 'optimal' ? result : 0;
}

/** A hair wider, so that rounding inside the solver never makes a proof. */
export function loosened(band: Band): Constraint {
  const { min, max } = band;
  return {
    ...(min === null ? {} : { min: (min / scaleOf(band)) * (1 - HAIR) }),
    ...(max === null ? {} : { max: (max / scaleOf(band)) * (1 + HAIR) }),
  };
}
export const HAIR = 1e-5;
export const scaleOf = ({ min, max }: Band): number => max || min || 1;
