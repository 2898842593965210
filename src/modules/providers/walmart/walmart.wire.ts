import { z } from 'zod';

/** Walmart's search reply: only the fields we use; everything but itemId and name may be missing. */
export const Search = z.object({
  items: z
    .array(
      z.object({
        itemId: z.number().int(),
        name: z.string(),
        salePrice: z.number().optional(),
        msrp: z.number().optional(),
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
export type Search = z.infer<typeof Search>;
