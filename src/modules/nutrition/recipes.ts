import { z } from 'zod';
import { MEAL_KINDS, type MealKind } from './cookbook/recipe-card.dto.js';
import type { Food } from './foods.js';
import { totalsOf, type Totals } from './nutrients.js';

export interface Ingredient {
  food: Food;
  /** Edible grams in one serving, in the state that the food's figures are of. */
  gramsPerServing: number;
  /** The same as a cook measures it: "1/2 medium carrot", "scant 1/3 cup, uncooked". See measures.ts. */
  measure: string;
}

/** For whom a dish is nothing, or why: judged from how it is cooked, which its foods do not tell. */
const CAUTIONS = [
  'pregnancy',
  'under5_choking',
  'raw_egg',
  'raw_fish',
  'deli_meat',
  'high_mercury',
  'unpasteurised',
] as const;
export type Caution = (typeof CAUTIONS)[number];

/** A recipe as plans use it: all its figures are sums over its foods. Claims in the file (tags, "contains") are not among them. */
export interface Recipe {
  id: string;
  title: string;
  meals: readonly MealKind[];
  cuisine: string;
  /** From the first step to the plate, with all that rests and chills. */
  minutes: number;
  /** Of those, at work. */
  activeMinutes: number;
  /** What a limit on time is held against: the minutes, but of what chills overnight only those at work. */
  limitMinutes: number;
  /** How many servings its own text makes. */
  makesServings: number;
  steps: readonly string[];
  equipment: readonly string[];
  /** In the fridge, covered; 0 is for eating at once. */
  keepsDays: number;
  freezes: boolean;
  cautions: readonly Caution[];
  ingredients: readonly Ingredient[];
  gramsPerServing: number;
  perServing: Totals;
  /** An estimate from public average prices; null when there is none. */
  costCentsPerServing: number | null;
  /** Comes in pieces that nobody cuts finely: one person eats a whole number of halves. */
  inHalves: boolean;
}

const Minutes = z.number().int().positive();
const RecipeFile = z.object({
  recipes: z.array(
    z.object({
      slug: z.string().min(1),
      title: z.string().min(1),
      meal: z.array(z.enum(MEAL_KINDS)).min(1),
      cuisine: z.string(),
      tags: z.array(z.string()),
      servings: z.number().int().positive(),
      active_min: Minutes,
      total_min: Minutes,
      cost_per_serving_usd: z.number().nonnegative().nullish(),
      keeps_days: z.number().int().nonnegative(),
      freezes: z.boolean(),
      avoid_when: z.array(z.enum(CAUTIONS)),
      equipment: z.array(z.string()),
      ingredients: z
        .array(
          z.object({ name: z.string(), fdc_id: z.number().int(), grams: z.number().positive(), measure: z.string() }),
        )
        .min(1),
      steps: z.array(z.string()).min(1),
    }),
  ),
});
type RecipeRow = z.infer<typeof RecipeFile>['recipes'][number];

const MOST_WAITING_MINUTES = 180;

/** Whether a dish soaks or chills for so long that it is made ready the evening before: nothing cooks as long unattended. */
export const restsOvernight = ({ minutes, activeMinutes }: Pick<Recipe, 'minutes' | 'activeMinutes'>): boolean =>
  minutes - activeMinutes > MOST_WAITING_MINUTES;
const PIECES = new Set(['sandwich', 'wrap', 'burrito']);
const NAMED_AS_PIECES = /\b(burgers?|hard-boiled eggs?)\b/i;

/** The recipes of a file by id. Throws for a file that does not parse and for an ingredient that is none of the foods. */
export function readRecipes(json: unknown, foods: ReadonlyMap<string, Food>): ReadonlyMap<string, Recipe> {
  return new Map(RecipeFile.parse(json).recipes.map((row) => [row.slug, recipeOf(row, foods)]));
}

function recipeOf(row: RecipeRow, foods: ReadonlyMap<string, Food>): Recipe {
  const ingredients = row.ingredients.map(({ name, fdc_id, grams, measure }) => {
    const food = foods.get(name);
    if (food?.fdcId !== fdc_id) throw new Error(`${row.slug} uses "${name}" (${fdc_id}), which is none of the foods`);
    return { food, gramsPerServing: grams, measure };
  });
  const usd = row.cost_per_serving_usd;
  return {
    id: row.slug,
    title: row.title,
    meals: row.meal,
    cuisine: row.cuisine,
    minutes: row.total_min,
    activeMinutes: row.active_min,
    limitMinutes: restsOvernight({ minutes: row.total_min, activeMinutes: row.active_min })
      ? row.active_min
      : row.total_min,
    makesServings: row.servings,
    steps: row.steps,
    equipment: row.equipment,
    keepsDays: row.keeps_days,
    freezes: row.freezes,
    cautions: row.avoid_when,
    ingredients,
    gramsPerServing: ingredients.reduce((sum, { gramsPerServing }) => sum + gramsPerServing, 0),
    perServing: totalsOf(ingredients.map(({ food, gramsPerServing }) => ({ food, grams: gramsPerServing }))),
    costCentsPerServing: usd === null || usd === undefined ? null : Math.round(usd * 100),
    inHalves: row.tags.some((tag) => PIECES.has(tag)) || NAMED_AS_PIECES.test(row.title),
  };
}
