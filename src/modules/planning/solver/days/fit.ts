import { solve, type Coefficients, type Constraint } from 'yalps';
import type { Recipe } from '../../../nutrition/recipes.js';
import { areMet, areUnder, type Helping } from '../proof/bands.js';
import type { Band } from '../plan.js';
import { gramsOfFood, HALF, STEP, stepOf, toStep, type FoodCap, type Limits, type Steps } from '../kitchen/servings.js';
import { HAIR, loosened, scaleOf } from './relaxation.js';

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
 * where pieces are halved. Rounded to steps a cook can measure, or to finer ones where those lead out of a band, and checked again.
 * Null when no servings of these recipes meet the bands, or none on the steps.
 */
export function fit(
  meals: readonly Wanted[],
  bands: readonly Band[],
  caps: readonly FoodCap[],
): readonly number[] | null {
  const rounded = (servings: readonly number[], steps: Steps) =>
    servings.map((one, meal) => toStep(one, meals[meal]!.limits, steps));
  const isGood = (servings: readonly number[]) => {
    const helpings = helpingsOf(meals, servings);
    return areMet(bands, helpings) && areUnder(caps, helpings);
  };
  const start = rounded(
    meals.map(({ servings }) => servings),
    'usual',
  );
  if (isGood(start)) return start;
  const exact = leastChange(meals, start, { bands, caps }, 0);
  if (exact === null) return null;
  for (const steps of ['usual', 'fine'] as const) {
    const near = rounded(exact, steps);
    if (isGood(near)) return near;
    const safe = leastChange(meals, start, { bands, caps }, STEP[steps] / 2);
    if (safe && isGood(rounded(safe, steps))) return rounded(safe, steps);
    const around = nearby(meals, exact, steps).filter(isGood);
    const changes = around.map((servings) => changeOf(meals, servings));
    if (around.length > 0) return around[changes.indexOf(Math.min(...changes))]!;
  }
  const onSteps = fitOnSteps(meals, bands, caps);
  return onSteps !== 'impossible' && onSteps !== 'unsure' && isGood(onSteps) ? onSteps : null;
}

/**
 * Some servings on the finest steps that meet the bands, with whole numbers of steps: for the last days that rounding cannot save. That
 * it is impossible is certain, for the bands are a hair wider here.
 */
export function fitOnSteps(
  meals: readonly Pick<Wanted, 'recipe' | 'limits'>[],
  bands: readonly Band[],
  caps: readonly FoodCap[],
): readonly number[] | 'impossible' | 'unsure' {
  const steps = meals.map(({ limits }) => stepOf(limits, 'fine'));
  const constraints = [
    ...bands.map((band): [string, Constraint] => [band.nutrient, loosened(band)]),
    ...caps.map(({ food }): [string, Constraint] => [`food ${food}`, { max: 1 + HAIR }]),
    ...meals.map(({ limits }, meal): [string, Constraint] => [
      `meal ${meal}`,
      { min: Math.round(limits.min / steps[meal]!), max: Math.round(limits.max / steps[meal]!) },
    ]),
  ];
  const variables = meals.map(({ recipe }, meal): [number, Coefficients] => {
    const amountOf = (band: Band) => (steps[meal]! * recipe.perServing[band.nutrient].amount) / scaleOf(band);
    const amounts = bands.map((band): [string, number] => [band.nutrient, amountOf(band)]);
    return [meal, [...amounts, ...shareOfCaps(caps, recipe, steps[meal]!), [`meal ${meal}`, 1]]];
  });
  const integers = [...meals.keys()];
  const solution = solve({ constraints, variables, integers }, { maxIterations: MAX_BRANCHES });
  if (solution.status === 'infeasible') return 'impossible';
  if (solution.status !== 'optimal') return 'unsure';
  const counts = new Map(solution.variables);
  return meals.map(({ limits }, meal) => toStep((counts.get(meal) ?? 0) * steps[meal]!, limits, 'fine'));
}

/** What so many servings are of the most there may be of each food. */
const shareOfCaps = (caps: readonly FoodCap[], recipe: Recipe, servings: number): [string, number][] =>
  caps.map(({ food, mostGrams }) => [`food ${food}`, (servings * gramsOfFood(recipe, food)) / mostGrams]);

const helpingsOf = (meals: readonly Wanted[], servings: readonly number[]): Helping[] =>
  meals.map(({ recipe }, index) => ({ recipe, servings: servings[index]! }));

/** The program. A serving is the one at the start, plus more, minus less; `lost` is what rounding may take from each or add. */
function leastChange(
  meals: readonly Wanted[],
  start: readonly number[],
  { bands, caps }: { bands: readonly Band[]; caps: readonly FoodCap[] },
  lost: number,
): number[] | null {
  const constraints = [
    ...bands.map((band): [string, Constraint] => [band.nutrient, toHold(band, meals, start, lost)]),
    ...caps.map((cap): [string, Constraint] => {
      const held = meals.reduce((sum, { recipe }, meal) => {
        const rounding = recipe.inHalves ? 0 : lost;
        return sum + (start[meal]! + rounding) * gramsOfFood(recipe, cap.food);
      }, 0);
      return [`food ${cap.food}`, { max: 1 - held / cap.mostGrams }];
    }),
  ];
  const variables: [string, Coefficients][] = [];
  const whole: string[] = [];
  meals.forEach(({ recipe, limits, weight = 1 }, meal) => {
    const unit = unitOf(meals[meal]!);
    for (const sign of [1, -1]) {
      const room = sign > 0 ? limits.max - start[meal]! : start[meal]! - limits.min;
      if (room <= 0) continue;
      const name = `${sign} ${meal}`;
      const amounts = bands.map((band): [string, number] => [
        band.nutrient,
        (sign * unit * recipe.perServing[band.nutrient].amount) / scaleOf(band),
      ]);
      constraints.push([name, { max: room / unit }]);
      variables.push([
        name,
        [
          ...amounts,
          ...shareOfCaps(caps, recipe, sign * unit),
          [name, 1],
          ['grams', unit * recipe.gramsPerServing * weight],
        ],
      ]);
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
function toHold(band: Band, meals: readonly Wanted[], start: readonly number[], lost: number): Constraint {
  let held = 0;
  let slack = 0;
  meals.forEach(({ recipe }, meal) => {
    const { amount } = recipe.perServing[band.nutrient];
    held += amount * start[meal]!;
    slack += recipe.inHalves ? 0 : amount * lost;
  });
  const width = band.min === null || band.max === null ? Infinity : band.max - band.min;
  const margin = Math.min(slack, width * 0.45);
  return {
    ...(band.min === null ? {} : { min: (band.min + margin - held) / scaleOf(band) }),
    ...(band.max === null ? {} : { max: (band.max - margin - held) / scaleOf(band) }),
  };
}

/** The program counts halves of what comes in pieces. */
const unitOf = ({ recipe }: Wanted): number => (recipe.inHalves ? HALF : 1);

/** Halves of at most six meals are few; the limit only stops a program that numerics lead astray. */
const MAX_BRANCHES = 500;

/** The servings on the steps around an exact answer. */
function nearby(meals: readonly Wanted[], exact: readonly number[], steps: Steps): readonly number[][] {
  return meals.reduce<number[][]>(
    (before, { limits }, meal) => {
      const around = [-1, 0, 1].map((by) => toStep(exact[meal]! + by * stepOf(limits, steps), limits, steps));
      return before.flatMap((servings) => [...new Set(around)].map((one) => [...servings, one]));
    },
    [[]],
  );
}

/** In grams, as they are weighted. */
const changeOf = (meals: readonly Wanted[], servings: readonly number[]): number =>
  meals.reduce((sum, { recipe, servings: wanted, weight = 1 }, meal) => {
    return sum + Math.abs(servings[meal]! - wanted) * recipe.gramsPerServing * weight;
  }, 0);
