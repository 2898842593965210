import { z } from 'zod';
import { DIETS } from '../../../vocabulary/diet-names.js';
import { dietNamed } from '../../../vocabulary/diets.js';
import { MEAL_KINDS } from '../recipes.js';
import { Nutrient } from '../nutrients.js';

const MealKind = z.enum(MEAL_KINDS);

/** A recipe for so many servings. Weights are grams of what is eaten; `text` says each as a cook measures it. */
export const RecipeCard = z
  .object({
    recipeId: z.string(),
    title: z.string(),
    meals: z.array(MealKind),
    cuisine: z.string(),
    minutes: z.int(),
    activeMinutes: z.int(),
    servings: z.number(),
    ingredients: z.array(z.object({ food: z.string(), grams: z.number(), text: z.string() })),
    steps: z.array(z.string()),
    equipment: z.array(z.string()),
    keepsDays: z.int(),
    freezes: z.boolean(),
  })
  .meta({ id: 'RecipeCard' });

export const RecipeResource = RecipeCard.extend({
  gramsPerServing: z.number(),
  /** Sums over the foods, each in its own unit; at least that, where a food was not measured. */
  perServing: z.record(Nutrient, z.number()),
  unknownNutrients: z.array(Nutrient),
  /** For whom plans leave it out. */
  cautions: z.array(z.string()),
}).meta({ id: 'Recipe' });
export type RecipeResource = z.infer<typeof RecipeResource>;

const RecipeListItem = RecipeCard.pick({
  recipeId: true,
  title: true,
  meals: true,
  cuisine: true,
  minutes: true,
  activeMinutes: true,
})
  .extend({ kcalPerServing: z.int() })
  .meta({ id: 'RecipeListItem' });
export const RecipeList = z
  .object({ data: z.array(RecipeListItem), nextCursor: z.string().nullable() })
  .meta({ id: 'RecipeList' });
export type RecipeList = z.infer<typeof RecipeList>;

const Slug = z.string().regex(/^[a-z0-9-]{1,120}$/);
export const ListRecipes = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: Slug.optional().describe('the nextCursor of the page before'),
  q: z.string().trim().max(100).optional().describe('words of the title, the cuisine or an ingredient'),
  meal: MealKind.optional(),
  diet: z
    .string()
    .max(60)
    .optional()
    .refine((word) => word === undefined || dietNamed(word) !== null, `one of ${DIETS.join(', ')}`)
    .describe(`one of ${DIETS.join(', ')}, as people say them`),
});
export type ListRecipes = z.infer<typeof ListRecipes>;

export const ReadRecipe = z.object({
  servings: z.coerce.number().min(0.25).max(100).optional().describe('as many as its text makes by default'),
});
export type ReadRecipe = z.infer<typeof ReadRecipe>;
