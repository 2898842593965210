import type { Recipe } from '../../../nutrition/recipes.js';
import { kindOf, type Slot } from '../plan.js';

/** What one person eats of a recipe at one meal, in servings. */
export interface Limits {
  min: number;
  max: number;
  /** Comes in pieces: a whole number of halves. */
  inHalves: boolean;
}

/** A twentieth of a serving is some 20 g, which any cook can measure; a hundredth is for days that hardly fit, and kitchen scales. */
export const STEP = { usual: 0.05, fine: 0.01 } as const;
export type Steps = keyof typeof STEP;
export const HALF = 0.5;
const LEAST = 0.25;
const MOST = 4;
/** More than a large plate with a soup, and a large bowl. */
const MOST_GRAMS = { meal: 1200, snack: 600 } as const;

/** A good plate and a bowl. More is eaten where it must be, and is a reason against a dish. */
const PLATE_GRAMS = { meal: 650, snack: 300 } as const;

/** How far so many servings go beyond a plate, as a share of it; 0 for what is not too much. */
export function beyondPlate({ gramsPerServing }: Recipe, slot: Slot, servings: number): number {
  const plate = kindOf(slot) === 'snack' ? PLATE_GRAMS.snack : PLATE_GRAMS.meal;
  return Math.max(0, (servings * gramsPerServing) / plate - 1);
}

export const stepOf = ({ inHalves }: Pick<Limits, 'inHalves'>, steps: Steps): number => (inHalves ? HALF : STEP[steps]);

export function limitsOf({ gramsPerServing, inHalves }: Recipe, slot: Slot): Limits {
  const step = stepOf({ inHalves }, 'usual');
  const grams = kindOf(slot) === 'snack' ? MOST_GRAMS.snack : MOST_GRAMS.meal;
  const min = inHalves ? HALF : LEAST;
  const most = tidy(Math.floor(Math.min(MOST, grams / gramsPerServing) / step + 1e-9) * step);
  return { min, max: Math.max(most, min), inHalves };
}

/** The nearest number of servings within the limits. */
export function toStep(servings: number, limits: Limits, steps: Steps): number {
  const step = stepOf(limits, steps);
  return tidy(Math.min(limits.max, Math.max(limits.min, Math.round(servings / step) * step)));
}

/** Without the dust of binary fractions: 0.15000000000000002 is 0.15. */
const tidy = (servings: number): number => Math.round(servings * 100) / 100;

export const isPortion = (servings: number, limits: Limits): boolean => toStep(servings, limits, 'fine') === servings;

/** How the day's energy is usually spread, for days of two to six meals. */
const ENERGY_SHARES: Readonly<Record<number, readonly number[]>> = {
  2: [0.45, 0.55],
  3: [0.25, 0.35, 0.4],
  4: [0.25, 0.3, 0.1, 0.35],
  5: [0.2, 0.1, 0.3, 0.1, 0.3],
  6: [0.2, 0.1, 0.25, 0.1, 0.25, 0.1],
};
export const energySharesOf = (mealsPerDay: number): readonly number[] => ENERGY_SHARES[mealsPerDay]!;
