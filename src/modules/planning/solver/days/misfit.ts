import { NUTRIENTS } from '../../../nutrition/nutrients.js';
import type { Dish, Eater, Rigour } from '../kitchen/eater.js';
import { MAX_MEALS } from '../plan.js';
import type { Effort } from '../effort.js';
import { Cuts } from './cuts.js';

const MAX_NEWTON = 8;
/** A step shorter than this, in servings, is none. */
const FLAT = 1e-6;
const LEAST_GAIN = 0.02;
/** Of asking the cuts for a day, and of moving one meal, or two against each other. */
const [WORK_OF_CUTS, WORK_OF_MOVING] = [10, 3];

/**
 * How far a day's recipes are from one person's bands, at the servings that suit best: squared misses, each as a share of its band, and
 * a little for unusual servings. Microseconds instead of a linear program, so that a search can ask it a million times; what it finds
 * is then fitted and proven exactly.
 */
export interface Misfit {
  /** 0 is a fit. */
  score: number;
  servings: Float64Array;
}

/** Those who eat together, and what was learnt about their days. */
export interface Party {
  eaters: readonly Eater[];
  cuts: Cuts;
  effort: Effort;
}
export const partyOf = (eaters: readonly Eater[], dishes: number, effort: Effort): Party => ({
  eaters,
  effort,
  cuts: new Cuts(eaters, dishes),
});

/** Of all eaters together; once it is certain to be more than enough, it may be less than it would become. */
export function misfitOfAll({ eaters, cuts, effort }: Party, dishes: readonly Dish[], enough = Infinity): number {
  effort.spend(WORK_OF_CUTS);
  if (enough < Infinity && cuts.exceed(dishes, enough)) return Infinity;
  let sum = 0;
  for (let index = 0; index < eaters.length; index++) {
    sum += descend(eaters[index]!, dishes, enough - sum, effort);
    cuts.note(index, held);
    if (sum > enough) break;
  }
  cuts.keep();
  return sum;
}

export function misfitOf(eater: Eater, dishes: readonly Dish[], effort: Effort): Misfit {
  const score = descend(eater, dishes, Infinity, effort);
  return { score, servings: servings.slice(0, dishes.length) };
}

/** Whether it is certain that no servings meet everybody's bands: a bound proves it, however far a descent came. */
export function isUnfit({ eaters, cuts, effort }: Party, dishes: readonly Dish[]): boolean {
  if (cuts.exceed(dishes, CERTAIN)) return true;
  for (let index = 0; index < eaters.length; index++) {
    const eater = eaters[index]!;
    const score = descend(eater, dishes, CERTAIN, effort);
    if (score <= CERTAIN || leastPossible(eater, dishes, score) <= CERTAIN) continue;
    cuts.note(index, held);
    cuts.keep();
    return true;
  }
  return false;
}
/** Far more than binary fractions lose, at PROVING_RIGOUR; a miss of a hundred thousandth is more. */
const CERTAIN = 1e-5;

/** Room for one measurement at a time; allocating it anew would take longer than measuring. */
const wanted = new Float64Array(MAX_MEALS);
const servings = new Float64Array(MAX_MEALS);
const held = new Float64Array(NUTRIENTS.length);
const slope = new Float64Array(NUTRIENTS.length);

/**
 * Descent along one meal, and along two in exchange at the same energy, until nothing gets better. The function is convex, so it ends
 * near its least, and its tangent at any point bounds the least from below: a day that is certain to be too bad is left at once.
 */
function descend(eater: Eater, dishes: readonly Dish[], enough: number, effort: Effort): number {
  const size = eater.least.length;
  held.fill(0, 0, size);
  for (let meal = 0; meal < dishes.length; meal++) {
    const { kcal, amounts } = dishes[meal]!;
    const limits = dishes[meal]!.limits[eater.index]!;
    wanted[meal] = servings[meal] = Math.min(limits.max, Math.max(limits.min, eater.kcal[meal]! / kcal));
    for (let n = 0; n < size; n++) held[n]! += servings[meal]! * amounts[n]!;
  }
  let score = Infinity;
  for (let sweep = 0; sweep < eater.rigour.sweeps; sweep++) {
    effort.spend(WORK_OF_MOVING * dishes.length * dishes.length);
    const before = score;
    score = scoreNow(eater, dishes.length);
    if (before - score < LEAST_GAIN * Math.min(1, score)) break;
    if (score > enough && leastPossible(eater, dishes, score) > enough) return score;
    for (let meal = 0; meal < dishes.length; meal++) {
      move(eater, dishes, meal, -1);
      for (let other = meal + 1; other < dishes.length; other++) move(eater, dishes, meal, other);
    }
  }
  return score;
}

function scoreNow({ least, most, rigour }: Eater, meals: number): number {
  let score = 0;
  for (let n = 0; n < least.length; n++) {
    const miss = missOf(held[n]!, least[n]!, most[n]!);
    score += miss * miss;
  }
  score *= rigour.miss;
  for (let meal = 0; meal < meals; meal++) {
    const off = servings[meal]! / wanted[meal]! - 1;
    score += rigour.unusual * off * off;
  }
  return score;
}

const missOf = (amount: number, least: number, most: number): number =>
  amount < least ? amount - least : amount > most ? amount - most : 0;

/** What no servings within the limits can go below: the tangent's least over the box. */
function leastPossible({ least, most, rigour, index }: Eater, dishes: readonly Dish[], score: number): number {
  let bound = score;
  for (let meal = 0; meal < dishes.length; meal++) {
    const { amounts } = dishes[meal]!;
    const limits = dishes[meal]!.limits[index]!;
    let rise = 0;
    for (let n = 0; n < least.length; n++) rise += missOf(held[n]!, least[n]!, most[n]!) * amounts[n]!;
    rise = 2 * (rise * rigour.miss + tilt(rigour, meal, 0, 1));
    bound += rise * ((rise > 0 ? limits.min : limits.max) - servings[meal]!);
  }
  return bound;
}

/** More of one meal by the best amount, and less of the other by the same energy: Newton's method between brackets. */
function move({ least, most, rigour, index }: Eater, dishes: readonly Dish[], meal: number, other: number): void {
  const size = least.length;
  const exchange = other < 0 ? 0 : dishes[meal]!.kcal / dishes[other]!.kcal;
  const gains = dishes[meal]!.amounts;
  const losses = other < 0 ? gains : dishes[other]!.amounts;
  for (let n = 0; n < size; n++) slope[n] = gains[n]! - exchange * losses[n]!;
  const { min, max } = dishes[meal]!.limits[index]!;
  let from = min - servings[meal]!;
  let to = max - servings[meal]!;
  if (other >= 0) {
    const limits = dishes[other]!.limits[index]!;
    from = Math.max(from, (servings[other]! - limits.max) / exchange);
    to = Math.min(to, (servings[other]! - limits.min) / exchange);
  }
  let [by, low, high] = [0, from, to];
  for (let round = 0; round < MAX_NEWTON; round++) {
    let first = 0;
    let second = 0;
    for (let n = 0; n < size; n++) {
      const miss = missOf(held[n]! + by * slope[n]!, least[n]!, most[n]!);
      if (miss === 0) continue;
      first += miss * slope[n]!;
      second += slope[n]! * slope[n]!;
    }
    first = first * rigour.miss + tilt(rigour, meal, by, 1);
    second = second * rigour.miss + rigour.unusual / wanted[meal]! ** 2;
    if (other >= 0) {
      first += tilt(rigour, other, -by * exchange, -exchange);
      second += rigour.unusual * (exchange / wanted[other]!) ** 2;
    }
    if (Math.abs(first) <= FLAT * second) break;
    if (first > 0) high = by;
    else low = by;
    const next = by - first / second;
    const before = by;
    if (next <= low) by = low === from ? from : (low + high) / 2;
    else if (next >= high) by = high === to ? to : (low + high) / 2;
    else by = next;
    if (by === before) break;
  }
  servings[meal]! += by;
  if (other >= 0) servings[other]! -= by * exchange;
  for (let n = 0; n < size; n++) held[n]! += by * slope[n]!;
}

function tilt({ unusual }: Rigour, meal: number, by: number, direction: number): number {
  return (unusual * direction * ((servings[meal]! + by) / wanted[meal]! - 1)) / wanted[meal]!;
}
