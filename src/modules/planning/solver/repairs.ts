import type { Library } from '../../nutrition/library.js';
import type { DraftPlan, Plan, Repair } from './plan.js';

/** What became of each drafted meal; one that stayed as it was is not listed. */
export function repairsOf(plan: Plan, draft: DraftPlan, { recipes }: Library): readonly Repair[] {
  return plan.days.flatMap(({ date, meals }) =>
    meals.flatMap(({ slot, recipeId, portions }): Repair[] => {
      const drafted = draft.days.find((day) => day.date === date)?.meals.find((meal) => meal.slot === slot);
      if (!drafted) return [{ date, slot, kind: 'filled', from: null, changedGrams: 0 }];
      if (drafted.recipeId !== recipeId)
        return [{ date, slot, kind: 'replaced', from: drafted.recipeId, changedGrams: 0 }];
      const before = Number.isFinite(drafted.servings) ? drafted.servings : 0;
      const servings = portions.reduce((sum, portion) => sum + portion.servings, 0);
      const changedGrams = Math.round(Math.abs(servings - before) * recipes.get(recipeId)!.gramsPerServing);
      return changedGrams === 0 ? [] : [{ date, slot, kind: 'portion', from: null, changedGrams }];
    }),
  );
}
