import { z } from 'zod';

/** The geocode reply is not in the specification we have; kept to the two numbers and read from either place. */
export const Geocode = z.union([
  z
    .object({ location: z.object({ latitude: z.number(), longitude: z.number() }) })
    .transform((reply) => reply.location),
  z.object({ latitude: z.number(), longitude: z.number() }),
]);

const Cents = z.number();

export const QuoteObject = z.object({
  time_estimate: z.object({ minimum: z.number(), maximum: z.number() }).nullish(),
  sales_tax_percent: z.number().nullish(),
  delivery_fee: z.object({ delivery_fee_flat: Cents }).nullish(),
  service_fee: z
    .object({
      service_fee_flat: Cents.nullish(),
      service_fee_percent: z.number().nullish(),
      service_fee_min: Cents.nullish(),
      service_fee_max: Cents.nullish(),
    })
    .nullish(),
});
export type QuoteObject = z.infer<typeof QuoteObject>;

export const Products = z.object({
  products: z.array(
    z.object({
      product_id: z.string(),
      item_name: z.string(),
      price: Cents,
      category: z.string().nullish(),
      unit_size: z.number().nullish(),
      unit_of_measurement: z.string().nullish(),
      is_available: z.boolean().nullish(),
      quote: QuoteObject.nullish(),
      store: z.object({ _id: z.string().nullable(), name: z.string() }),
    }),
  ),
});
export type Products = z.infer<typeof Products>;
