import { z } from 'zod';

export const MEAL_KINDS = ['breakfast', 'lunch', 'dinner', 'snack'] as const;
export const MealKind = z.enum(MEAL_KINDS);
export type MealKind = z.infer<typeof MealKind>;

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
