import { z } from 'zod';

/** Replies of FoodData Central's API: only the fields we use. */
export const Listed = z.array(z.object({ fdcId: z.int().positive(), publicationDate: z.string().optional() }));

const Category = z.union([z.string(), z.object({ description: z.string().optional() })]);

/** In the full format a nutrient has its id; an amount that is missing is unknown. */
export const Foods = z.array(
  z.object({
    fdcId: z.int().positive(),
    description: z.string().min(1),
    ndbNumber: z.union([z.string(), z.number()]).optional(),
    foodCategory: Category.nullish(),
    /** Where survey foods have theirs. */
    wweiaFoodCategory: z.object({ wweiaFoodCategoryDescription: z.string().optional() }).nullish(),
    foodNutrients: z.array(
      z.object({ nutrient: z.object({ id: z.int() }).optional(), amount: z.number().nonnegative().nullish() }),
    ),
  }),
);
export type Foods = z.infer<typeof Foods>;

/** The gateway's own errors. Those of the API behind it are not documented. */
export const ErrorBody = z.object({ error: z.object({ code: z.string() }) });
