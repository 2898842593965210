import { shippedLibrary } from '../../../nutrition/library.js';
import type { Plan } from '../plan.js';
import { shoppingListOf } from './shopping-list.js';

const library = shippedLibrary();
const recipe = [...library.recipes.values()].find(({ ingredients }) =>
  ['onion', 'white rice'].every((name) => ingredients.some(({ food }) => food.name === name)),
)!;
const gramsOf = (name: string) => recipe.ingredients.find(({ food }) => food.name === name)!.gramsPerServing;
const portions = [
  { personId: 'p1', servings: 1.5 },
  { personId: 'p2', servings: 1 },
];
const meals = [{ slot: 'dinner' as const, recipeId: recipe.id, portions }];
const plan: Plan = {
  seed: 1,
  repeatLimit: 2,
  days: ['2026-03-02', '2026-03-03'].map((date) => ({
    date,
    meals,
  })),
};

describe('a shopping list', () => {
  it('adds up what all eat, as it is bought, and names the meals', () => {
    const onion = shoppingListOf(plan, { pantry: [] }, library).find(({ food }) => food === 'onion')!;
    // A tenth of an onion is peel.
    expect(onion.buyGrams).toBe(Math.ceil((5 * gramsOf('onion')) / 0.9));
    expect(onion.meals.map(({ date }) => date)).toEqual(['2026-03-02', '2026-03-03']);
  });

  it('takes what the pantry has, by any of its names, and no more than is needed', () => {
    const [need, pantry] = [5 * gramsOf('white rice'), [{ food: 'White Rice', grams: 100 }]];
    const item = (grams: number) =>
      shoppingListOf(plan, { pantry: [...pantry, { food: 'white rice', grams }] }, library).find(
        ({ food }) => food === 'white rice',
      );
    expect(item(20)).toMatchObject({ neededGrams: need, pantryGrams: 120, buyGrams: need - 120 });
    expect(item(99_999)).toMatchObject({ pantryGrams: need, buyGrams: 0 });
  });

  it('has no water on it', () => {
    const withWater = [...library.recipes.values()].find(({ ingredients }) =>
      ingredients.some(({ food }) => food.name === 'water'),
    )!;
    const days = [{ date: '2026-03-02', meals: [{ slot: 'dinner' as const, recipeId: withWater.id, portions }] }];
    const foods = shoppingListOf({ ...plan, days }, { pantry: [] }, library).map(({ food }) => food);
    expect(foods).not.toContain('water');
    expect(foods.length).toBeGreaterThan(2);
  });
});
