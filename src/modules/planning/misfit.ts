import type { Nutrient } from '../nutrition/nutrients.js';
import type { Recipe } from '../nutrition/recipes.js';
import type { PersonTargets } from './plan.js';
import type { Limits } from './servings.js';

/**
 * How far a day's recipes are from one person's bands, at the servings that suit best: the sum of squared misses, each as a share of
 * its band, and a little for unusual servings. Microseconds instead of a linear program, so that a search can ask it a million times;
 * what it finds is then fitted and proven exactly.
 */
export interface Eater {
  personId: string;
  /** By index of the nutrient. */
  least: Float64Array;
  most: Float64Array;
  /** Of each meal of the day. */
  kcal: readonly number[];
}

/** A recipe at one meal, as numbers. */
export interface Dish {
  recipe: Recipe;
  limits: Limits;
  /** Per serving, by index of the nutrient. */
  amounts: Float64Array;
  kcal: number;
}

/** So much inside its ends the search aims, as a share of the band's figure: rounding must not lead out. */
const MARGIN = 0.01;
/** What servings away from the usual count, against a miss. */
const UNUSUAL = 2e-5;
const ENOUGH = 1e-7;
const MAX_SWEEPS = 14;

/** A person's bands, each divided by its own figure: a miss of 0.01 is one percent of any nutrient. */
export function eaterOf(
  { personId, bands, energyKcal }: PersonTargets,
  nutrients: readonly Nutrient[],
  shares: readonly number[],
  scales: Float64Array,
): Eater {
  const least = new Float64Array(nutrients.length).fill(-Infinity);
  const most = new Float64Array(nutrients.length).fill(Infinity);
  for (const { nutrient, min, max } of bands) {
    const index = nutrients.indexOf(nutrient);
    const margin = MARGIN * (max ?? min ?? 0);
    const inside = min === null || max === null ? margin : Math.min(margin, (max - min) / 4);
    if (min !== null && min > 0) least[index] = (min + inside) / scales[index]!;
    if (max !== null) most[index] = (max - inside) / scales[index]!;
  }
  return { personId, least, most, kcal: shares.map((share) => share * energyKcal) };
}

export interface Misfit {
  /** 0 is a fit. */
  score: number;
  servings: Float64Array;
}

/** Of all eaters together; once it is more than enough, no more is added. */
export function misfitOfAll(eaters: readonly Eater[], dishes: readonly Dish[], enough = Infinity): number {
  let sum = 0;
  for (const eater of eaters) {
    sum += misfitOf(eater, dishes).score;
    if (sum > enough) break;
  }
  return sum;
}

/** Descent along one meal, and along two in exchange at the same energy, until nothing gets better. Convex, so it ends near the best. */
export function misfitOf({ least, most, kcal }: Eater, dishes: readonly Dish[]): Misfit {
  const count = dishes.length;
  const size = least.length;
  const wanted = new Float64Array(count);
  const servings = new Float64Array(count);
  const held = new Float64Array(size);
  const slope = new Float64Array(size);
  for (let meal = 0; meal < count; meal++) {
    const { limits, kcal: each, amounts } = dishes[meal]!;
    wanted[meal] = servings[meal] = Math.min(limits.max, Math.max(limits.min, kcal[meal]! / each));
    for (let n = 0; n < size; n++) held[n]! += servings[meal]! * amounts[n]!;
  }
  let before = Infinity;
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    const score = scoreNow();
    if (before - score < ENOUGH) break;
    before = score;
    for (let meal = 0; meal < count; meal++) {
      move(meal, -1);
      for (let other = meal + 1; other < count; other++) move(meal, other);
    }
  }
  return { score: scoreNow(), servings };

  function scoreNow(): number {
    let score = 0;
    for (let n = 0; n < size; n++) {
      const miss = Math.max(least[n]! - held[n]!, held[n]! - most[n]!, 0);
      score += miss * miss;
    }
    for (let meal = 0; meal < count; meal++) {
      const off = servings[meal]! / wanted[meal]! - 1;
      score += UNUSUAL * off * off;
    }
    return score;
  }

  /** More of one meal by the best amount, and less of the other by the same energy: Newton's method on the pieces of a parabola. */
  function move(meal: number, other: number): void {
    const exchange = other < 0 ? 0 : dishes[meal]!.kcal / dishes[other]!.kcal;
    const gains = dishes[meal]!.amounts;
    const losses = other < 0 ? gains : dishes[other]!.amounts;
    for (let n = 0; n < size; n++) slope[n] = gains[n]! - exchange * losses[n]!;
    const { min, max } = dishes[meal]!.limits;
    let from = min - servings[meal]!;
    let to = max - servings[meal]!;
    if (other >= 0) {
      const { limits } = dishes[other]!;
      from = Math.max(from, (servings[other]! - limits.max) / exchange);
      to = Math.min(to, (servings[other]! - limits.min) / exchange);
    }
    let by = 0;
    for (let round = 0; round < 2; round++) {
      let first = tilt(meal, by, 1);
      let second = UNUSUAL / wanted[meal]! ** 2;
      if (other >= 0) {
        first += tilt(other, -by * exchange, -exchange);
        second += (UNUSUAL * exchange * exchange) / wanted[other]! ** 2;
      }
      for (let n = 0; n < size; n++) {
        const amount = held[n]! + by * slope[n]!;
        const miss = amount < least[n]! ? amount - least[n]! : amount > most[n]! ? amount - most[n]! : 0;
        if (miss === 0) continue;
        first += miss * slope[n]!;
        second += slope[n]! * slope[n]!;
      }
      by = Math.min(to, Math.max(from, by - first / second));
    }
    servings[meal]! += by;
    if (other >= 0) servings[other]! -= by * exchange;
    for (let n = 0; n < size; n++) held[n]! += by * slope[n]!;
  }

  function tilt(meal: number, by: number, direction: number): number {
    return (UNUSUAL * direction * ((servings[meal]! + by) / wanted[meal]! - 1)) / wanted[meal]!;
  }
}
