import { z } from 'zod';

/** Walmart's items: only the fields we use; everything but itemId and name may be missing. No price states its currency. */
export const Items = z.object({
  items: z
    .array(
      z.object({
        itemId: z.number().int(),
        name: z.string(),
        salePrice: z.number().optional(),
        currency: z.literal('USD').optional(),
        brandName: z.string().optional(),
        size: z.string().optional(),
        categoryPath: z.string().optional(),
        stock: z.string().optional(),
        availableOnline: z.boolean().optional(),
        marketplace: z.boolean().optional(),
      }),
    )
    .default([]),
});
export type Items = z.infer<typeof Items>;
