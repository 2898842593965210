import { z } from 'zod';
import type { Food } from './foods.js';
import { totalsOf, type Totals } from './nutrients.js';

export const MEAL_KINDS = ['breakfast', 'lunch', 'dinner', 'snack'] as const;
export type MealKind = (typeof MEAL_KINDS)[number];

export interface Ingredient {
  food: Food;
  /** Edible grams in one serving, in the state that the food's figures are of. A pinch may round to 0. */
  gramsPerServing: number;
}

/** A recipe as plans use it: all its figures are sums over its foods. Claims in the file (tags, "contains") are not among them. */
export interface Recipe {
  id: string;
  title: string;
  meals: readonly MealKind[];
  cuisine: string;
  minutes: number;
  /** How many servings its own text makes. */
  makesServings: number;
  steps: readonly string[];
  ingredients: readonly Ingredient[];
  gramsPerServing: number;
  perServing: Totals;
  /** An estimate from public average prices; null when there is none. */
  costCentsPerServing: number | null;
  /** Comes in pieces that nobody cuts finely: one person eats a whole number of halves. */
  inHalves: boolean;
}

const RecipeFile = z.object({
  recipes: z.array(
    z.object({
      slug: z.string().min(1),
      title: z.string().min(1),
      meal: z.array(z.enum(MEAL_KINDS)).min(1),
      cuisine: z.string(),
      servings: z.number().int().positive(),
      total_min: z.number().int().positive(),
      ingredients: z
        .array(z.object({ name: z.string(), fdc_id: z.number().int(), grams_per_serving: z.number().nonnegative() }))
        .min(1),
      steps: z.array(z.string()),
      cost_per_serving_usd: z.number().nonnegative().nullish(),
      tags: z.array(z.string()),
    }),
  ),
});
type RecipeRow = z.infer<typeof RecipeFile>['recipes'][number];

const PIECES = new Set(['sandwich', 'wrap', 'burrito']);
const NAMED_AS_PIECES = /\b(burgers?|hard-boiled eggs?)\b/i;

/** The recipes of a file by id. Throws for a file that does not parse and for an ingredient that is none of the foods. */
export function readRecipes(json: unknown, foods: ReadonlyMap<string, Food>): ReadonlyMap<string, Recipe> {
  return new Map(RecipeFile.parse(json).recipes.map((row) => [row.slug, recipeOf(row, foods)]));
}

function recipeOf(row: RecipeRow, foods: ReadonlyMap<string, Food>): Recipe {
  const ingredients = row.ingredients.map(({ name, fdc_id, grams_per_serving }) => {
    const food = foods.get(name);
    if (food?.fdcId !== fdc_id) throw new Error(`${row.slug} uses "${name}" (${fdc_id}), which is none of the foods`);
    return { food, gramsPerServing: grams_per_serving };
  });
  const usd = row.cost_per_serving_usd;
  return {
    id: row.slug,
    title: row.title,
    meals: row.meal,
    cuisine: row.cuisine,
    minutes: row.total_min,
    makesServings: row.servings,
    steps: row.steps,
    ingredients,
    gramsPerServing: ingredients.reduce((sum, { gramsPerServing }) => sum + gramsPerServing, 0),
    perServing: totalsOf(ingredients.map(({ food, gramsPerServing }) => ({ food, grams: gramsPerServing }))),
    costCentsPerServing: usd === null || usd === undefined ? null : Math.round(usd * 100),
    inHalves: row.tags.some((tag) => PIECES.has(tag)) || NAMED_AS_PIECES.test(row.title),
  };
}
