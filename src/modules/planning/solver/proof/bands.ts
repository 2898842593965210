import type { Nutrient } from '../../../nutrition/nutrients.js';
import type { Recipe } from '../../../nutrition/recipes.js';
import { gramsOfFood, type FoodCap } from '../kitchen/servings.js';
import type { Band } from '../plan.js';

/** So many servings of a recipe, as one person eats them. */
export interface Helping {
  recipe: Recipe;
  servings: number;
}

/** What the helpings hold of a nutrient, to 4 digits: the same sum in the same order, whoever asks. Unmeasured foods add nothing. */
export function amountIn(helpings: readonly Helping[], nutrient: Nutrient): number {
  return tidy(helpings.reduce((sum, { recipe, servings }) => sum + recipe.perServing[nutrient].amount * servings, 0));
}

/** Foods in the helpings for which the nutrient was not measured, each once. */
export const unknownFoodsIn = (helpings: readonly Helping[], nutrient: Nutrient): readonly string[] => [
  ...new Set(helpings.flatMap(({ recipe }) => recipe.perServing[nutrient].unknownFoods)),
];

/** Whether a band is met for certain: a lower bound does not prove that a limit is kept. */
export function isMet({ nutrient, min, max }: Band, helpings: readonly Helping[]): boolean {
  const amount = amountIn(helpings, nutrient);
  const isEnough = min === null || amount >= min;
  return isEnough && (max === null || (amount <= max && unknownFoodsIn(helpings, nutrient).length === 0));
}

export const areMet = (bands: readonly Band[], helpings: readonly Helping[]): boolean =>
  bands.every((band) => isMet(band, helpings));

/** Whether no more of a food is eaten than there may be of it on a day. */
export const areUnder = (caps: readonly FoodCap[], helpings: readonly Helping[]): boolean =>
  caps.every(({ food, mostGrams }) => gramsEaten(helpings, food) <= mostGrams);

export const gramsEaten = (helpings: readonly Helping[], food: string): number =>
  tidy(helpings.reduce((sum, { recipe, servings }) => sum + gramsOfFood(recipe, food) * servings, 0));

export const tidy = (amount: number): number => Math.round(amount * 1e4) / 1e4;
