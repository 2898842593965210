import { z } from 'zod';
import { idPattern } from '../../../../common/ids.js';
import { RETAILERS } from '../../reading/reading.js';
import { FOOD_GROUPS } from './deciding/grouping-foods.js';
import { JOINED_BY } from './deciding/grouping.js';

/** Products as callers see them. Money in the smallest unit of its currency; null is unknown, and never nothing. */
const Cents = z.int().nullable();
const Day = z.iso.date().nullable();
const ProductId = z.string().regex(idPattern('prd'));
const Confidence = z.number().min(0).max(1);

export const SearchProducts = z.strictObject({
  q: z.string().min(1).max(100).optional().describe('words of the name, each from its beginning or in part'),
  retailer: z.enum(RETAILERS).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: ProductId.optional(),
});
export type SearchProducts = z.infer<typeof SearchProducts>;

const product = {
  id: z.string(),
  retailer: z.enum(RETAILERS),
  name: z.string(),
  isNamed: z.boolean().describe('false: only what a till or a cut-off list calls it is known'),
  size: z.string().nullable(),
  gtin: z.string().nullable(),
  foodGroup: z.enum(FOOD_GROUPS).nullable().describe('null where nobody could say'),
};
export const ProductList = z
  .object({ data: z.array(z.object(product)), nextCursor: z.string().nullable() })
  .meta({ id: 'ProductList' });
export type ProductList = z.infer<typeof ProductList>;

const Paid = z.object({ currency: z.string(), cents: z.int() });
const JoinedProduct = z.object({
  id: z.string(),
  retailer: z.enum(RETAILERS),
  name: z.string(),
  size: z.string().nullable(),
  how: z.enum(JOINED_BY).nullable().describe('by what it was joined to the first; null for the first itself'),
  confidence: Confidence.nullable(),
});

export const ProductResource = z
  .object({
    ...product,
    keys: z.array(z.string()).describe('what it is known again by'),
    orders: z.int(),
    bought: z.array(Paid).describe('all that was paid for it, by currency'),
    boughtCents: Cents.describe('the same where it is of one currency'),
    firstOn: Day,
    lastOn: Day,
    lastCents: Cents.describe('of one, when it was last bought'),
    lastCurrency: z.string().nullable(),
    joined: z
      .array(JoinedProduct)
      .describe('the products that are this one, itself among them; empty where it is alone'),
    rhythm: z
      .object({
        days: z.int().describe('days on which it, or one that is the same, was bought'),
        medianDays: z.number().nullable(),
        nextDueOn: Day,
        reason: z.enum(['bought_too_seldom']).nullable(),
      })
      .describe('how often it is bought, under whichever of its names'),
  })
  .meta({ id: 'Product' });
export type ProductResource = z.infer<typeof ProductResource>;

export const JoinProduct = z.strictObject({ productId: ProductId }).meta({ id: 'JoinProduct' });
export type JoinProduct = z.infer<typeof JoinProduct>;

export const PartProduct = z
  .strictObject({ productId: ProductId.optional().describe('from this one; absent: from all that it is joined with') })
  .meta({ id: 'PartProduct' });
export type PartProduct = z.infer<typeof PartProduct>;

export const ListLikely = z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(10) });
export type ListLikely = z.infer<typeof ListLikely>;

export const LikelyProducts = z
  .object({ data: z.array(z.object({ ...product, confidence: Confidence })) })
  .meta({ id: 'LikelyProducts' });
export type LikelyProducts = z.infer<typeof LikelyProducts>;
