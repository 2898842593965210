import { keyOf } from '../../../vocabulary/words.js';
import type { Food } from '../../nutrition/foods.js';

/** The food of this name or alias, in the singular or the plural. */
export function foodNamed(name: string, foods: ReadonlyMap<string, Food>): Food | null {
  const same = keyOf(name);
  return foods.get(name) ?? [...foods.values()].find((food) => keysOf(food).names.includes(same)) ?? null;
}

/** The words of each food in the form they are compared in, made once. */
export function keysOf(food: Food): { names: readonly string[]; parts: readonly string[]; description: string } {
  const known = KEYS.get(food);
  if (known) return known;
  const keys = {
    names: [food.name, ...food.aliases].map(keyOf),
    parts: (food.facts?.parts ?? []).map(keyOf),
    description: keyOf(food.description),
  };
  KEYS.set(food, keys);
  return keys;
}
const KEYS = new WeakMap<Food, ReturnType<typeof keysOf>>();
