import { labelOf } from '../../../nutrition/nutrients.js';
import type { Library } from '../../../nutrition/library.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import { labelOfSlot, limitedIn, shortlistOf, unmeasuredIn } from '../../needs/shortlist.js';
import type { PlanRequest, Slot, Violation } from '../plan.js';

export type Bar = Pick<Violation, 'rule' | 'personId' | 'detail'>;

/** What bars a recipe from a meal: every rule with the food and the word that says so; empty when nothing does. */
export type BarsOf = (recipe: Recipe, slot: Slot) => readonly Bar[];

/** What bars recipes from a household's meals; what it avoids is gathered once, for however many meals. Pure. */
export function barsFor(request: PlanRequest, library: Library): BarsOf {
  const { avoided, recipes, targets } = shortlistOf(request, library);
  const limited = limitedIn(targets);
  return (recipe, slot) => {
    const { title } = recipe;
    const found: Bar[] = recipe.ingredients.flatMap(({ food }) =>
      (avoided.foods.get(food.name) ?? []).map(({ rule, why }) => {
        return { rule, personId: null, detail: `${title} is made with ${food.name}: ${why}.` };
      }),
    );
    for (const { rule, personId, why } of avoided.recipes.get(recipe.id) ?? []) {
      const detail = `${title}${personId === null ? '' : ` is nothing for ${personId}`}: ${why}.`;
      found.push({ rule, personId, detail });
    }
    if (request.maxMinutes !== null && recipe.limitMinutes > request.maxMinutes)
      found.push({ rule: 'time', personId: null, detail: `${title} takes ${recipe.limitMinutes} minutes.` });
    if (found.length > 0 || recipes.get(slot)?.includes(recipe)) return found;
    const unmeasured = unmeasuredIn(recipe, limited).map(labelOf);
    const why =
      unmeasured.length > 0
        ? `what it has of ${unmeasured.join(', ')} was not measured, and that is limited`
        : `it is for ${recipe.meals.join(' or ')}`;
    return [
      { rule: 'slot', personId: null, detail: `${title} is none of the recipes for ${labelOfSlot(slot)}: ${why}.` },
    ];
  };
}
