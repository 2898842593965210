import { z } from 'zod';

/** Kroger's replies: only the fields we use. Everything but ids and names may be missing. */
export const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

export const Locations = z.object({
  data: z.array(
    z.object({
      locationId: z.string().length(8),
      name: z.string(),
      chain: z.string().optional(),
      geolocation: z.object({ latitude: z.number(), longitude: z.number() }).optional().catch(undefined),
    }),
  ),
});

/** `domain` is a host name; specified, though no sample of its exact form was seen. */
export const Chain = z.object({ data: z.object({ domain: z.string().optional() }) });

/** No price states its currency; one that did would have to state ours. */
const Price = z.object({
  regular: z.number().optional(),
  promo: z.number().optional(),
  currency: z.literal('USD').optional(),
});

export const Products = z.object({
  data: z.array(
    z.object({
      productId: z.string(),
      description: z.string(),
      brand: z.string().optional(),
      categories: z.array(z.string()).optional(),
      productPageURI: z.string().optional(),
      items: z.array(
        z.object({
          size: z.string().optional(),
          soldBy: z.string().optional(),
          inventory: z.object({ stockLevel: z.string() }).optional(),
          fulfillment: z.record(z.string(), z.unknown()).optional(),
          price: Price.optional(),
        }),
      ),
    }),
  ),
});
export type Products = z.infer<typeof Products>;

/** Errors come wrapped and flat: both were seen. */
export const ErrorBody = z.union([
  z.object({ errors: z.object({ code: z.string() }) }).transform(({ errors }) => errors.code),
  z.object({ code: z.string() }).transform(({ code }) => code),
]);
