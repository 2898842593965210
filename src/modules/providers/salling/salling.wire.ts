import { z } from 'zod';

const Clearance = z.object({
  offer: z.object({
    currency: z.literal('DKK'),
    originalPrice: z.number().nullish(),
    newPrice: z.number(),
    ean: z.string(),
    /** May be decimal. */
    stock: z.number(),
    stockUnit: z.enum(['each', 'kg']),
    startTime: z.iso.datetime(),
    endTime: z.iso.datetime(),
  }),
  product: z.object({
    description: z.string(),
    /** "A>B>C". */
    categories: z.object({ da: z.string().nullish(), en: z.string().nullish() }).nullish(),
  }),
});

/** The reply of food-waste: stores near, each with its clearances. Only the fields we use. */
export const FoodWaste = z.array(
  z.object({
    store: z.object({
      id: z.string(),
      name: z.string(),
      brand: z.string().nullish(),
      address: z
        .object({ street: z.string().nullish(), zip: z.string().nullish(), city: z.string().nullish() })
        .nullish(),
      /** Longitude first. */
      coordinates: z.tuple([z.number(), z.number()]).nullish(),
    }),
    clearances: z.array(Clearance),
  }),
);
export type FoodWaste = z.infer<typeof FoodWaste>;
