import type { Diet } from '../../vocabulary/diet-names.js';
import { isOfHealth, leftOutBy } from '../../vocabulary/diets.js';
import { holdsAny, mayHold, type FoodFacts } from './allergens.js';

/** Whether a food has no place in a diet. One that nobody has looked at has none in any; what only some packs hold breaks diets of health. */
export function isAgainst(diet: Diet, food: { facts: FoodFacts | null }): boolean {
  const leftOut = leftOutBy(diet);
  return isOfHealth(diet) || food.facts === null ? mayHold(leftOut, food) : holdsAny(leftOut, food.facts.holds);
}
