import type { Library } from '../../../nutrition/library.js';
import type { Recipe } from '../../../nutrition/recipes.js';

/** From this share of common ingredients on, people call two dishes the same: porridge with apple and with pear. */
const ALIKE = 0.5;
/** Less than this share of a dish is seasoning, in which all dishes are alike. */
const LEAST_SHARE = 0.01;

export type Kin = ReadonlyMap<Recipe, ReadonlySet<Recipe>>;

/** Which recipes are much the same dish, by what they are made of; nothing is its own kin. Found out once for each library. */
export function kinOf(library: Library): Kin {
  const known = KNOWN.get(library.recipes);
  if (known) return known;
  const all = [...library.recipes.values()].map((recipe) => ({ recipe, foods: foodsOf(recipe) }));
  const kin = new Map(
    all.map(({ recipe, foods }): [Recipe, ReadonlySet<Recipe>] => {
      const alike = all.filter((other) => other.recipe !== recipe && areAlike(foods, other.foods));
      return [recipe, new Set(alike.map((other) => other.recipe))];
    }),
  );
  KNOWN.set(library.recipes, kin);
  return kin;
}
const KNOWN = new WeakMap<Library['recipes'], Kin>();

const foodsOf = ({ ingredients, gramsPerServing }: Recipe): ReadonlySet<string> =>
  new Set(
    ingredients
      .filter(({ gramsPerServing: grams }) => grams >= LEAST_SHARE * gramsPerServing)
      .map(({ food }) => food.name),
  );

function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  let common = 0;
  for (const food of one) if (other.has(food)) common++;
  return common >= ALIKE * (one.size + other.size - common);
}
