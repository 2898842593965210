import { planRequest } from '../../../../../test/support/plan-request.js';
import { shippedLibrary } from '../../../nutrition/library.js';
import { shortlistOf } from '../../needs/shortlist.js';
import { makePlan } from '../make-plan.js';
import type { Plan, PlanMeal, PlanRequest, Rule } from '../plan.js';
import { provePlan, proverFor } from './plan-rules.js';

const library = shippedLibrary();
const REQUEST = planRequest({ days: 3, seed: 11 });
const outcome = makePlan(REQUEST, library);
if (outcome.kind !== 'planned') throw new Error(JSON.stringify(outcome));
const { plan, proof } = outcome;
const dinner = library.recipes.get(plan.days[0]!.meals[2]!.recipeId)!;

function rulesOf(changed: Plan, request: Partial<PlanRequest> = {}): Rule[] {
  const asked = { ...REQUEST, ...request };
  const { targets } = shortlistOf(REQUEST, library);
  return [...new Set(provePlan(asked, targets, changed, library).violations.map(({ rule }) => rule))];
}
function withDinner(change: Partial<PlanMeal>): Plan {
  const [first, ...rest] = plan.days;
  return { ...plan, days: [{ ...first!, meals: first!.meals.with(2, { ...first!.meals[2]!, ...change }) }, ...rest] };
}
const served = (servings: number) => ({ portions: [{ personId: 'p1', servings }] });

describe('a proof', () => {
  it('finds nothing wrong with the plan as it was made', () => {
    expect(rulesOf(plan)).toEqual([]);
    expect(proof.rows.every(({ isMet }) => isMet)).toBe(true);
  });

  it('adds up what is eaten from each meal', () => {
    for (const { value, sources } of proof.rows)
      expect(sources.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(value, 3);
  });

  it('names the rows of FoodData Central that each recipe is counted from', () => {
    const expected = dinner.ingredients.map(({ food, gramsPerServing }) => ({
      food: food.name,
      fdcId: food.fdcId,
      grams: gramsPerServing,
    }));
    expect(proof.foods[dinner.id]).toEqual(expected);
  });

  it.each<[Rule, Plan, Partial<PlanRequest>]>([
    ['date', { ...plan, days: plan.days.slice(1) }, {}],
    ['slot', { ...plan, days: plan.days.map((day) => ({ ...day, meals: day.meals.slice(1) })) }, {}],
    ['recipe', withDinner({ recipeId: 'no-such-recipe' }), {}],
    ['allergen', plan, { allergens: dinner.ingredients.flatMap(({ food }) => [...food.facts!.holds]) }],
    ['dislike', plan, { dislikes: [dinner.ingredients[0]!.food.name] }],
    ['stock', plan, { unavailableFoods: [dinner.ingredients[0]!.food.name] }],
    ['time', plan, { maxMinutes: dinner.limitMinutes - 1 }],
    ['portion', withDinner(served(0.123)), {}],
    ['portion', withDinner(served(40)), {}],
    ['portion', withDinner({ portions: [] }), {}],
    ['repeat', { ...plan, days: plan.days.map((day) => ({ ...day, meals: plan.days[0]!.meals })) }, {}],
    ['share', withDinner(served(0.05)), {}],
    ['repeat', { ...plan, repeatLimit: 7, days: plan.days.map((day) => ({ ...day, meals: plan.days[0]!.meals })) }, {}],
    ['band', withDinner(served(0.5)), {}],
    ['budget', plan, { budgetCents: proof.costCents! - 1 }],
  ])('finds what is against the rule "%s"', (rule, changed, request) => {
    expect(rulesOf(changed, request)).toContain(rule);
  });

  it('gathers once what a household avoids, for however many meals and plans', () => {
    let looks = 0;
    const counted = new Map(library.recipes);
    counted.values = () => {
      looks++;
      return library.recipes.values();
    };
    const watched = { ...library, recipes: counted };
    const { targets } = shortlistOf(REQUEST, library);
    const prove = proverFor({ ...REQUEST, dislikes: ['tofu'] }, targets, watched);
    const before = looks;
    for (const one of [plan, { ...plan, days: plan.days.slice(1) }]) prove(one);
    expect(before).toBeGreaterThan(0);
    expect(looks).toBe(before);
  });

  it('does not take a lower bound for a limit kept', () => {
    const unmeasured = [...library.recipes.values()].find(
      ({ meals, perServing }) => meals.includes('dinner') && perServing.choline_mg.unknownFoods.length > 0,
    )!;
    const targets = shortlistOf({ ...REQUEST, micronutrients: ['choline_mg'] }, library).targets;
    const { rows } = provePlan(REQUEST, targets, withDinner({ recipeId: unmeasured.id }), library);
    const row = rows.find(({ nutrient }) => nutrient === 'choline_mg')!;
    expect(row).toMatchObject({ isMet: false, max: expect.any(Number) });
    expect(row.unknownFoods.length).toBeGreaterThan(0);
  });
});
