import type { Library } from '../../nutrition/library.js';
import type { Plan, Slot } from '../solver/plan.js';

/** A meal that another would better take the place of. */
export interface SwapReason {
  date: string;
  slot: Slot;
  recipeId: string;
  foods: readonly string[];
  sentence: string;
}

/** The meals of a plan with foods that no shop has. */
export function swapReasonsOf(plan: Plan, { recipes }: Library, unavailableFoods: readonly string[]): SwapReason[] {
  return plan.days.flatMap(({ date, meals }) =>
    meals.flatMap(({ slot, recipeId }): SwapReason[] => {
      const recipe = recipes.get(recipeId);
      const foods = unavailableFoods.filter((name) => recipe?.ingredients.some(({ food }) => food.name === name));
      if (foods.length === 0) return [];
      const sentence = `No shop that was asked has ${foods.join(', ')}; another meal may do without.`;
      return [{ date, slot, recipeId, foods, sentence }];
    }),
  );
}

/** Those foods that no meal of the plan needs: from here on they may be ruled out without ruling out the plan. */
export function unservedOf(plan: Plan, library: Library, foods: readonly string[]): readonly string[] {
  const served = new Set(swapReasonsOf(plan, library, foods).flatMap((reason) => reason.foods));
  return [...new Set(foods)].filter((food) => !served.has(food));
}
