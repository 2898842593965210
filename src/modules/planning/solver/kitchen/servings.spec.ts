import { shippedLibrary } from '../../../nutrition/library.js';
import type { Easing, Slot } from '../plan.js';
import { portionsOf } from './servings.js';

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
