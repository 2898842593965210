import type { Recipe } from '../nutrition/recipes.js';
import { kindOf, type Slot } from './plan.js';

/** What one person eats of a recipe at one meal, in servings. */
export interface Limits {
  min: number;
  max: number;
  /** Servings come in whole steps: a twentieth is about 20 g of a meal, pieces are halved at most. */
  step: number;
}

const STEP = 0.05;
const HALF = 0.5;
const LEAST = 0.25;
const MOST = 4;
/** More than a large plate with a soup, and a large bowl. */
const MOST_GRAMS = { meal: 1200, snack: 600 } as const;

export function limitsOf({ gramsPerServing, inHalves }: Recipe, slot: Slot): Limits {
  const step = inHalves ? HALF : STEP;
  const grams = kindOf(slot) === 'snack' ? MOST_GRAMS.snack : MOST_GRAMS.meal;
  const min = inHalves ? HALF : LEAST;
  const most = onStep(Math.floor(Math.min(MOST, grams / gramsPerServing) / step + 1e-9) * step);
  return { min, max: Math.max(most, min), step };
}

/** The nearest number of servings within the limits. */
export function toStep(servings: number, { min, max, step }: Limits): number {
  return onStep(Math.min(max, Math.max(min, Math.round(servings / step) * step)));
}

/** Without the dust of binary fractions: 0.15000000000000002 is 0.15. */
const onStep = (servings: number): number => Math.round(servings * 100) / 100;

export function isPortion(servings: number, limits: Limits): boolean {
  return toStep(servings, limits) === servings;
}

/** How the day's energy is usually spread, for days of two to six meals. */
const ENERGY_SHARES: Readonly<Record<number, readonly number[]>> = {
  2: [0.45, 0.55],
  3: [0.25, 0.35, 0.4],
  4: [0.25, 0.3, 0.1, 0.35],
  5: [0.2, 0.1, 0.3, 0.1, 0.3],
  6: [0.2, 0.1, 0.25, 0.1, 0.25, 0.1],
};
export const energySharesOf = (mealsPerDay: number): readonly number[] => ENERGY_SHARES[mealsPerDay]!;
