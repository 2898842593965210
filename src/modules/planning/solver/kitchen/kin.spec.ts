import { planRequest } from '../../../../../test/support/plan-request.js';
import { shippedLibrary } from '../../../nutrition/library.js';
import { makePlan } from '../make-plan.js';
import { kinOf } from './kin.js';
import { beyondPlate } from './servings.js';

const library = shippedLibrary();
const kin = kinOf(library);
const recipe = (id: string) => library.recipes.get(id)!;
const areAlike = (one: string, other: string) => kin.get(recipe(one))!.has(recipe(other));

describe('dishes much alike', () => {
  it.each([
    ['apple-overnight-oats', 'mango-overnight-oats', true],
    ['peanut-tofu-quinoa-bowl', 'peanut-chickpea-bulgur-bowl', true],
    ['salmon-cobb-style-salad', 'tuna-cobb-style-salad', true],
    ['peanut-tofu-quinoa-bowl', 'lemon-herb-chickpea-quinoa-bowl', false],
    ['lentil-soup', 'lentil-ragu-spaghetti', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(areAlike(one, other)).toBe(expected);
    expect(areAlike(other, one)).toBe(expected);
  });
});

describe('a week that people would eat', () => {
  it.each([1, 2, 3])('has no two dishes much alike on one day, and plates that are not heaped (seed %i)', (seed) => {
    const outcome = makePlan(planRequest({ mealsPerDay: 4, seed }), library);
    if (outcome.kind !== 'planned') throw new Error(JSON.stringify(outcome));
    const meals = outcome.plan.days.flatMap((day) => day.meals);
    const alike = outcome.plan.days.filter((day) =>
      day.meals.some((one) => day.meals.some((other) => areAlike(one.recipeId, other.recipeId))),
    );
    expect(alike.length).toBe(0);
    const heaped = meals.filter(
      ({ slot, recipeId, portions }) => beyondPlate(recipe(recipeId), slot, portions[0]!.servings) > 0.5,
    );
    expect(heaped.length).toBeLessThanOrEqual(1);
  });
});
