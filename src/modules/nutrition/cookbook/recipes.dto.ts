import { z } from 'zod';
import { DIETS } from '../../../vocabulary/diet-names.js';
import { dietNamed } from '../../../vocabulary/diets.js';
import { Nutrient } from '../nutrients.js';
import { MealKind, RecipeCard } from './recipe-card.dto.js';

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
export const ListRecipes = z.strictObject({
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

export const ReadRecipe = z.strictObject({
  servings: z.coerce.number().min(0.25).max(100).optional().describe('as many as its text makes by default'),
});
export type ReadRecipe = z.infer<typeof ReadRecipe>;
