import { ADULT, planRequest } from '../../../../../test/support/plan-request.js';
import { shippedLibrary } from '../../../nutrition/library.js';
import { MEAL_KINDS } from '../../../nutrition/cookbook/recipe-card.dto.js';
import { shortlistOf } from '../../needs/shortlist.js';
import type { Easing, PlanDay, Slot } from '../plan.js';
import { makePlan } from '../make-plan.js';
import { provePlan } from '../proof/plan-rules.js';
import { gramsOfFood, portionsOf } from './servings.js';

const { recipes } = shippedLibrary();
const HUNGRY = { ageYears: 30, energyKcal: 3600 };
const REQUEST = { mealsPerDay: 3, portions: undefined };

/** Grams of a food in the most that a large eater is served of any recipe at a meal. */
const mostOf = (food: string, slot: Slot, eased: readonly Easing[]) =>
  [...recipes.values()].flatMap((recipe) => {
    const grams = recipe.ingredients.find((one) => one.food.name === food)?.gramsPerServing;
    return grams === undefined ? [] : [grams * portionsOf(recipe, slot, HUNGRY, REQUEST, eased).max];
  });

describe('the most of one food at a meal', () => {
  it.each([
    ['chia seeds', 40, 56],
    ['egg', 200, 250],
  ])('is bounded for %s, however much of the dish is eaten', (food, usual, eased) => {
    expect(Math.max(...mostOf(food, 'breakfast', []))).toBeLessThanOrEqual(usual + 1e-6);
    expect(Math.max(...mostOf(food, 'breakfast', []))).toBeGreaterThan(usual * 0.9);
    expect(Math.max(...mostOf(food, 'breakfast', ['portions']))).toBeLessThanOrEqual(eased + 1e-6);
  });

  it('leaves a portion of every recipe', () => {
    for (const recipe of recipes.values()) {
      const { min, max } = portionsOf(recipe, 'dinner', HUNGRY, REQUEST, []);
      if (!recipe.inHalves) expect(max).toBeGreaterThanOrEqual(min);
    }
  });
});

describe('the most of one food on a day', () => {
  const library = shippedLibrary();
  const eggs = [...recipes.values()].filter((recipe) => gramsOfFood(recipe, 'egg') > 70);
  const boiled = { ...library, recipes: new Map(eggs.map((one) => [one.id, { ...one, meals: [...MEAL_KINDS] }])) };

  it('bounds all dishes of a day together, in the plan and in its proof', () => {
    const hungry = { ...ADULT, sex: 'male' as const, weightKg: 90, activity: 'very_active' as const };
    const request = planRequest({ days: 2, people: [hungry], mayRunOn: true, maxRepeats: 7 });
    const outcome = makePlan(request, boiled);
    const made = outcome.kind === 'refused' ? null : outcome.kind === 'planned' ? outcome : outcome.nearest;
    const { plan, proof } = made!;
    const most = plan.eased?.includes('portions') ? 300 : 250;
    const gramsOn = ({ meals }: PlanDay) =>
      meals.reduce((sum, { recipeId, portions }) => {
        return sum + gramsOfFood(recipes.get(recipeId)!, 'egg') * portions[0]!.servings;
      }, 0);
    for (const day of plan.days) expect(gramsOn(day)).toBeLessThanOrEqual(most + 1e-6);
    expect(proof.violations.filter(({ rule }) => rule === 'portion')).toEqual([]);
    const doubled = plan.days.map((day) => ({
      ...day,
      meals: day.meals.map((meal) => ({
        ...meal,
        portions: meal.portions.map((one) => ({ ...one, servings: one.servings * 2 })),
      })),
    }));
    const { targets } = shortlistOf(request, boiled);
    const { violations } = provePlan(request, targets, { ...plan, days: doubled }, boiled);
    expect(violations.map(({ detail }) => detail).join()).toMatch(/g of egg on one day is more than/);
  });

  const small = { ...ADULT, id: 'a', sex: 'male' as const, ageYears: 36, heightCm: 185, weightKg: 137 };
  it.each([
    [
      'where three bowls at their least are too many',
      {
        days: 1,
        mealsPerDay: 5,
        diets: ['vegan'],
        maxMinutes: 30,
        people: [{ ...ADULT, id: 'a', ageYears: 4, heightCm: 145, weightKg: 104, activity: 'active' as const }],
        seed: 0,
      },
    ],
    [
      'where a dish of pieces is at its least already',
      {
        days: 3,
        mealsPerDay: 4,
        allergens: ['milk', 'gluten', 'fish', 'shellfish'],
        dislikes: ['mushroom'],
        maxMinutes: 30,
        micronutrients: ['iron_mg', 'calcium_mg', 'vitamin_d_ug'] as const,
        people: [
          { ...small, activity: 'low_active' as const },
          { ...small, id: 'c', ageYears: 93, heightCm: 177, weightKg: 83, activity: 'active' as const },
        ],
        pantry: [{ food: 'white rice', grams: 900 }],
        seed: 763418063,
      },
    ],
  ])('is kept in the nearest plan, too, %s', (_, wishes) => {
    const outcome = makePlan(planRequest(wishes), library);
    if (outcome.kind !== 'clash') throw new Error(`these have a plan now: ${outcome.kind}`);
    expect(outcome.nearest!.proof.violations.filter(({ rule }) => rule === 'portion')).toEqual([]);
  });
});
