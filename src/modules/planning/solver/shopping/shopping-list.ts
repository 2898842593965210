import type { Library } from '../../../nutrition/library.js';
import { gramsToBuy, type Food } from '../../../nutrition/foods.js';
import { foodNamed } from '../../needs/food-names.js';
import type { Plan, PlanRequest, Slot } from '../plan.js';
import { isStaple, keeps } from './keeping.js';

/** One food of a plan. Weights are as it is bought, peel and bone included, in whole grams, rounded up. */
export interface ShoppingItem {
  food: string;
  fdcId: number | null;
  neededGrams: number;
  /** Of that, what the pantry gives. */
  pantryGrams: number;
  /** Of that, what is bought on clearance. */
  clearanceGrams: number;
  /** 0 when these have it all. */
  buyGrams: number;
  meals: readonly { date: string; slot: Slot; recipeId: string }[];
  /** Whether what is left of a pack is as good a month later. */
  keeps: boolean;
  /** What shops sell instead, by the piece: so many lemons for lemon juice. */
  pieces: { of: string; count: number } | null;
}

/**
 * What has to be in the house for a plan, by food in the order of its first use. Water comes from the tap. `cleared`: grams by food that
 * are bought on clearance.
 */
export function shoppingListOf(
  plan: Plan,
  request: Pick<PlanRequest, 'pantry' | 'pantryStaples'>,
  library: Library,
  cleared: ReadonlyMap<string, number> = new Map(),
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
    if (neededGrams === 0 || isFromTheTap(food)) return [];
    const held = request.pantryStaples && isStaple(food) ? neededGrams : Math.floor(pantry.get(name) ?? 0);
    const pantryGrams = Math.min(neededGrams, held);
    const clearanceGrams = Math.min(neededGrams - pantryGrams, cleared.get(name) ?? 0);
    const buyGrams = neededGrams - pantryGrams - clearanceGrams;
    const bought = {
      neededGrams,
      pantryGrams,
      clearanceGrams,
      buyGrams,
      keeps: keeps(food),
      pieces: piecesOf(food, buyGrams),
    };
    return [{ food: name, fdcId: food.fdcId, ...bought, meals }];
  });
}

/** USDA measures juices by the fruit: "1 lemon yields 48 g". */
function piecesOf({ portions }: Food, grams: number): ShoppingItem['pieces'] {
  for (const { measure, amount, grams: each } of portions) {
    const fruit = /^([a-z ]+) yields$/.exec(measure)?.[1];
    if (fruit !== undefined && grams > 0) return { of: fruit, count: Math.ceil((grams / each) * amount) };
  }
  return null;
}

export const isFromTheTap = ({ description }: Food): boolean => TAP_WATER.test(description);
const TAP_WATER = /\bwater, tap\b/i;
