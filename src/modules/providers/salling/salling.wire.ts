import { z } from 'zod';

export const Clearance = z.object({
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
    lastUpdate: z.iso.datetime().nullish(),
  }),
  product: z.object({
    description: z.string(),
    /** "A>B>C". */
    categories: z.object({ da: z.string().nullish(), en: z.string().nullish() }).nullish(),
  }),
});

/** Closed days come as null, as open = close or without either, and with their date. */
export const ClosedDay = z.object({ date: z.iso.date() });
export const OpenDay = z.object({ open: z.iso.datetime(), close: z.iso.datetime(), closed: z.boolean().nullish() });

/** The reply of food-waste: stores near, each with its clearances, of which one that is not so must not cost the others. Only the fields we use. */
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
      hours: z.array(z.unknown()).nullish(),
    }),
    clearances: z.array(z.unknown()),
  }),
);
export type FoodWaste = z.infer<typeof FoodWaste>;
