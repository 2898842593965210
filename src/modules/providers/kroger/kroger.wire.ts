import { z } from 'zod';

/** Kroger's replies: only the fields we use. Everything but ids and names may be missing. */
export const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

export const Locations = z.object({
  data: z.array(z.object({ locationId: z.string().length(8), name: z.string() })),
});

export const Products = z.object({
  data: z.array(
    z.object({
      productId: z.string(),
      description: z.string(),
      brand: z.string().optional(),
      categories: z.array(z.string()).optional(),
      items: z.array(
        z.object({
          size: z.string().optional(),
          soldBy: z.string().optional(),
          inventory: z.object({ stockLevel: z.string() }).optional(),
          price: z.object({ regular: z.number(), promo: z.number() }).optional(),
        }),
      ),
    }),
  ),
});
export type Products = z.infer<typeof Products>;
