import { z } from 'zod';

/** The geocode reply is not in the specification we have; kept to the two numbers and read from either place. */
export const Geocode = z.union([
  z
    .object({ location: z.object({ latitude: z.number(), longitude: z.number() }) })
    .transform((reply) => reply.location),
  z.object({ latitude: z.number(), longitude: z.number() }),
]);

/** Integer cents; checked where they are read. */
const Cents = z.number();

const ThresholdFees = z.array(z.unknown()).nullish();

export const QuoteObject = z.object({
  time_estimate: z.object({ minimum: z.number(), maximum: z.number() }).nullish(),
  /** 0 to 100. */
  sales_tax_percent: z.number().nullish(),
  delivery_fee: z
    .object({
      delivery_fee_flat: Cents,
      delivery_fee_percent: z.number().nullish(),
      delivery_fee_taxable: z.boolean().nullish(),
      threshold_fees: ThresholdFees,
    })
    .nullish(),
  service_fee: z
    .object({
      service_fee_flat: Cents.nullish(),
      /** 0 to 100. */
      service_fee_percent: z.number().nullish(),
      service_fee_min: Cents.nullish(),
      service_fee_max: Cents.nullish(),
      service_fee_taxable: z.boolean().nullish(),
      threshold_fees: ThresholdFees,
    })
    .nullish(),
  small_order_fee: z
    .object({
      minimum_order_value: Cents.nullish(),
      small_order_fee_flat: Cents.nullish(),
      small_order_fee_percent: z.number().nullish(),
    })
    .nullish(),
  order_minimum: Cents.nullish(),
});
export type QuoteObject = z.infer<typeof QuoteObject>;

export const Products = z.object({
  products: z.array(
    z.object({
      product_id: z.string(),
      item_name: z.string(),
      price: Cents,
      /** They deliver in the US and Canada and name no currency; one that is named must be ours. */
      currency: z.literal('USD').optional(),
      category: z.string().nullish(),
      unit_size: z.number().nullish(),
      unit_of_measurement: z.string().nullish(),
      is_available: z.boolean().nullish(),
      quote: QuoteObject.nullish(),
      store: z.object({
        _id: z.string().nullable(),
        name: z.string(),
        miles: z.number().nonnegative().optional().catch(undefined),
      }),
    }),
  ),
});
export type Products = z.infer<typeof Products>;

export const Stores = z.object({ stores: z.array(z.unknown()) });

/** What an order would cost, from an order that is not placed. */
export const FinalQuote = z.object({
  final_quote: z.object({
    quote: z.object({
      subtotal: Cents,
      delivery_fee_cents: Cents,
      service_fee_cents: Cents,
      small_order_fee_cents: Cents.nullish(),
      sales_tax_cents: Cents,
      delivery_time_min: z.number().nullish(),
      delivery_time_max: z.number().nullish(),
    }),
  }),
});
export type FinalQuote = z.infer<typeof FinalQuote>['final_quote']['quote'];
