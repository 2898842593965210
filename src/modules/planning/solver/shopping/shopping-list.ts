import type { Library } from '../../../nutrition/library.js';
import { gramsToBuy } from '../../../nutrition/foods.js';
import { foodNamed } from '../../needs/avoided.js';
import type { Plan, PlanRequest, Slot } from '../plan.js';

/** One food of a plan. Weights are as it is bought, peel and bone included, in whole grams, rounded up. */
export interface ShoppingItem {
  food: string;
  fdcId: number | null;
  neededGrams: number;
  /** Of that, what the pantry gives. */
  pantryGrams: number;
  /** 0 when the pantry has it all. */
  buyGrams: number;
  meals: readonly { date: string; slot: Slot; recipeId: string }[];
}

/** What has to be in the house for a plan, by food in the order of its first use. Water comes from the tap. */
export function shoppingListOf(
  plan: Plan,
  request: Pick<PlanRequest, 'pantry'>,
  library: Library,
): readonly ShoppingItem[] {
  const needed = new Map<string, { edibleGrams: number; meals: ShoppingItem['meals'] }>();
  for (const { date, meals } of plan.days)
    for (const { slot, recipeId, portions } of meals) {
      const servings = portions.reduce((sum, portion) => sum + portion.servings, 0);
      for (const { food, gramsPerServing } of library.recipes.get(recipeId)?.ingredients ?? []) {
        const before = needed.get(food.name) ?? { edibleGrams: 0, meals: [] };
        const edibleGrams = before.edibleGrams + gramsPerServing * servings;
        needed.set(food.name, { edibleGrams, meals: [...before.meals, { date, slot, recipeId }] });
      }
    }
  const pantry = new Map<string, number>();
  for (const { food, grams } of request.pantry) {
    const name = foodNamed(food, library.foods)?.name ?? food;
    pantry.set(name, (pantry.get(name) ?? 0) + grams);
  }
  return [...needed].flatMap(([name, { edibleGrams, meals }]): ShoppingItem[] => {
    const food = library.foods.get(name)!;
    const neededGrams = Math.ceil(Math.round(gramsToBuy(food, edibleGrams) * 100) / 100);
    if (neededGrams === 0 || TAP_WATER.test(food.description)) return [];
    const pantryGrams = Math.min(neededGrams, Math.floor(pantry.get(name) ?? 0));
    return [{ food: name, fdcId: food.fdcId, neededGrams, pantryGrams, buyGrams: neededGrams - pantryGrams, meals }];
  });
}

const TAP_WATER = /\bwater, tap\b/i;
