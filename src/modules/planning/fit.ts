import { solve, type Coefficients, type Constraint } from 'yalps';
import type { Recipe } from '../nutrition/recipes.js';
import { areMet, type Helping } from './bands.js';
import type { Band } from './plan.js';
import { toStep, type Limits } from './servings.js';

/** A meal of one person's day, with the servings it would have if nothing had to change. */
export interface Wanted {
  recipe: Recipe;
  limits: Limits;
  servings: number;
  /** How unwelcome a change is, per gram; 1 is usual. */
  weight?: number;
}

/**
 * One person's servings of a day's meals: the least change in grams that meets every band, as a linear program, in whole numbers only
 * where pieces are halved. Rounded to steps and checked again; null when no servings of these recipes do, or none on the steps.
 */
export function fit(meals: readonly Wanted[], bands: readonly Band[]): readonly number[] | null {
  const asWanted = meals.map(({ servings, limits }) => toStep(servings, limits));
  if (areMet(bands, helpingsOf(meals, asWanted))) return asWanted;
  const safe = leastChange(meals, bands, true);
  const rounded = safe && safe.map((servings, index) => toStep(servings, meals[index]!.limits));
  if (rounded && areMet(bands, helpingsOf(meals, rounded))) return rounded;
  const exact = leastChange(meals, bands, false);
  return exact && nearby(meals, bands, exact);
}

const helpingsOf = (meals: readonly Wanted[], servings: readonly number[]): Helping[] =>
  meals.map(({ recipe }, index) => ({ recipe, servings: servings[index]! }));

/** The program. A serving is the one at the start, plus more, minus less; `isSafe` keeps so far inside the bands that rounding is free. */
function leastChange(meals: readonly Wanted[], bands: readonly Band[], isSafe: boolean): number[] | null {
  const start = meals.map(({ servings, limits }) => toStep(servings, limits));
  const constraints = bands.map((band): [string, Constraint] => [band.nutrient, toHold(band, meals, start, isSafe)]);
  const variables: [string, Coefficients][] = [];
  const whole: string[] = [];
  meals.forEach(({ recipe, limits, weight = 1 }, meal) => {
    const unit = unitOf(meals[meal]!);
    for (const sign of [1, -1]) {
      const room = sign > 0 ? limits.max - start[meal]! : start[meal]! - limits.min;
      if (room < limits.step / 2) continue;
      const name = `${sign} ${meal}`;
      const amounts = bands.map((band): [string, number] => [
        band.nutrient,
        (sign * unit * recipe.perServing[band.nutrient].amount) / scaleOf(band),
      ]);
      constraints.push([name, { max: room / unit }]);
      variables.push([name, [...amounts, [name, 1], ['grams', unit * recipe.gramsPerServing * weight]]]);
      if (recipe.inHalves) whole.push(name);
    }
  });
  const model = { direction: 'minimize', objective: 'grams', constraints, variables, integers: whole } as const;
  const solution = solve(model, { maxIterations: MAX_BRANCHES });
  if (Number.isNaN(solution.result)) return null;
  const changes = new Map(solution.variables);
  return meals.map((meal, index) => {
    const change = (changes.get(`1 ${index}`) ?? 0) - (changes.get(`-1 ${index}`) ?? 0);
    return start[index]! + change * unitOf(meal);
  });
}

/** What the changes must add to what the start holds. */
function toHold(band: Band, meals: readonly Wanted[], start: readonly number[], isSafe: boolean): Constraint {
  let held = 0;
  let lost = 0;
  meals.forEach(({ recipe }, meal) => {
    const { amount } = recipe.perServing[band.nutrient];
    held += amount * start[meal]!;
    lost += recipe.inHalves ? 0 : amount * LOST;
  });
  const width = band.min === null || band.max === null ? Infinity : band.max - band.min;
  const margin = isSafe ? Math.min(lost, width * 0.45) : 0;
  return {
    ...(band.min === null ? {} : { min: (band.min + margin - held) / scaleOf(band) }),
    ...(band.max === null ? {} : { max: (band.max - margin - held) / scaleOf(band) }),
  };
}

/** The program counts halves of what comes in pieces. */
const unitOf = ({ recipe, limits }: Wanted): number => (recipe.inHalves ? limits.step : 1);

/** Rounding to a twentieth changes a serving by a fortieth at most. */
const LOST = 0.025;
/** Halves of at most six meals are few; the limit only stops a program that numerics lead astray. */
const MAX_BRANCHES = 500;
const scaleOf = ({ min, max }: Band): number => max || min || 1;

/** The servings on the steps around an exact answer, the least change first. */
function nearby(meals: readonly Wanted[], bands: readonly Band[], exact: readonly number[]): readonly number[] | null {
  let around: number[][] = [[]];
  meals.forEach(({ limits }, index) => {
    const middle = exact[index]!;
    const steps = [-1, 0, 1].map((by) => toStep(middle + by * limits.step, limits));
    around = around.flatMap((before) => [...new Set(steps)].map((servings) => [...before, servings]));
  });
  const changeOf = (servings: readonly number[]) =>
    servings.reduce((sum, one, index) => {
      const { recipe, servings: wanted, weight = 1 } = meals[index]!;
      return sum + Math.abs(one - wanted) * recipe.gramsPerServing * weight;
    }, 0);
  const met = around.filter((servings) => areMet(bands, helpingsOf(meals, servings)));
  return met.length === 0 ? null : met.reduce((best, one) => (changeOf(one) < changeOf(best) ? one : best));
}
