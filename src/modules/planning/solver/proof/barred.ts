import { labelOf } from '../../../nutrition/nutrients.js';
import type { Library } from '../../../nutrition/library.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import { avoidedOf } from '../../needs/avoided.js';
import { labelOfSlot, shortlistOf, unmeasuredIn } from '../../needs/shortlist.js';
import type { PlanRequest, Slot, Violation } from '../plan.js';

export type Bar = Pick<Violation, 'rule' | 'personId' | 'detail'>;

/** What bars a recipe from a household's meal: every rule with the food and the word that says so; empty when nothing does. Pure. */
export function barsOf(recipe: Recipe, slot: Slot, request: PlanRequest, library: Library): readonly Bar[] {
  const { title } = recipe;
  const avoided = avoidedOf(request, library);
  const found: Bar[] = recipe.ingredients.flatMap(({ food }) =>
    (avoided.foods.get(food.name) ?? []).map(({ rule, why }) => {
      return { rule, personId: null, detail: `${title} is made with ${food.name}: ${why}.` };
    }),
  );
  for (const { rule, personId, why } of avoided.recipes.get(recipe.id) ?? [])
    found.push({
      rule,
      personId,
      detail: `${title}${personId === null ? '' : ` is nothing for ${personId}`}: ${why}.`,
    });
  if (request.maxMinutes !== null && recipe.limitMinutes > request.maxMinutes)
    found.push({ rule: 'time', personId: null, detail: `${title} takes ${recipe.limitMinutes} minutes.` });
  const { recipes, targets } = shortlistOf(request, library);
  if (found.length > 0 || recipes.get(slot)?.includes(recipe)) return found;
  const limited = targets.flatMap(({ bands }) =>
    bands.filter(({ max }) => max !== null).map(({ nutrient }) => nutrient),
  );
  const unmeasured = [...new Set(unmeasuredIn(recipe, limited))].map(labelOf);
  const why =
    unmeasured.length > 0
      ? `what it has of ${unmeasured.join(', ')} was not measured, and that is limited`
      : `it is for ${recipe.meals.join(' or ')}`;
  return [
    { rule: 'slot', personId: null, detail: `${title} is none of the recipes for ${labelOfSlot(slot)}: ${why}.` },
  ];
}
