import { z } from 'zod';

/**
 * What callers of the former grocery agent send and get. Tolerant where they are: unknown fields are ignored. Prices are in units of the
 * currency, not in cents; what nobody knows is null, and `reason` says why.
 */
const Price = z.number().nullable();
const Day = z.string().nullable();
const Reason = z.enum(['no_price_seen', 'not_told_by_the_files', 'product_unknown', 'none_seen']).nullable();

export const ListFormer = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(60).optional(),
});
export type ListFormer = z.infer<typeof ListFormer>;

export const SearchFormer = z.object({
  query: z.string().min(1).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type SearchFormer = z.infer<typeof SearchFormer>;

export const HistoryDays = z.object({ days: z.coerce.number().int().min(1).max(3660).default(30) });
export type HistoryDays = z.infer<typeof HistoryDays>;

export const Counts = z.object({ orders: z.int(), products: z.int() }).meta({ id: 'FormerCounts' });
export const Healthy = z.object({ status: z.enum(['healthy', 'unhealthy']) }).meta({ id: 'FormerHealth' });

const order = {
  id: z.string(),
  orderNumber: z.string(),
  orderDate: Day,
  store: z.string().nullable(),
  itemCount: z.int(),
  total: Price,
  currency: z.string(),
  reason: Reason,
};
export const FormerOrders = z
  .object({ success: z.literal(true), orders: z.array(z.object(order)), nextCursor: z.string().nullable() })
  .meta({ id: 'FormerOrders' });
export type FormerOrders = z.infer<typeof FormerOrders>;

const Item = z.object({
  productId: z.string().nullable(),
  walmartId: z.string().nullable(),
  name: z.string().nullable(),
  quantity: z.number().nullable(),
  totalPrice: Price,
  status: z.string().nullable(),
});
export const FormerOrder = z
  .object({
    success: z.literal(true),
    order: z.object({ ...order, subtotal: Price, tax: Price, tip: Price, refund: Price, items: z.array(Item) }),
  })
  .meta({ id: 'FormerOrder' });
export type FormerOrder = z.infer<typeof FormerOrder>;

const product = {
  id: z.string(),
  walmartId: z.string().nullable(),
  name: z.string(),
  brand: z.null().describe('is told by no file of orders'),
  size: z.string().nullable(),
  price: Price.describe('of one, or of one `unit` of what is weighed, as it was last seen'),
  unit: z.string().nullable(),
  currency: z.string().nullable(),
  priceDate: Day,
  priceSource: z.string().nullable().describe('paid, shelf, quoted, clearance or manual'),
  store: z.string().nullable(),
  inStock: z.null().describe('is known to nobody until a shop is asked'),
  reason: Reason,
};
export const FormerProduct = z.object(product);
export type FormerProduct = z.infer<typeof FormerProduct>;
export const FormerProducts = z
  .object({ success: z.literal(true), products: z.array(FormerProduct) })
  .meta({ id: 'FormerProducts' });
export type FormerProducts = z.infer<typeof FormerProducts>;
export const OneFormerProduct = z
  .object({ success: z.literal(true), product: FormerProduct })
  .meta({ id: 'FormerProduct' });
export type OneFormerProduct = z.infer<typeof OneFormerProduct>;

export const FormerPriceHistory = z
  .object({
    success: z.literal(true),
    productId: z.string(),
    productName: z.string(),
    days: z.int(),
    history: z.array(
      z.object({
        date: z.string(),
        price: z.number(),
        currency: z.string(),
        amount: z.number().describe('so much of `unit` for this price'),
        unit: z.string(),
        store: z.string(),
        source: z.string(),
      }),
    ),
    reason: Reason,
  })
  .meta({ id: 'FormerPriceHistory' });
export type FormerPriceHistory = z.infer<typeof FormerPriceHistory>;

/** `targetPrice` in units of the currency, or so many per cent under what is usual. */
export const TrackPrice = z
  .object({
    productId: z.string().min(1).max(100),
    targetPrice: z.number().min(0.01).max(1_000_000).optional(),
    percentDrop: z.number().gt(0).lt(100).optional(),
  })
  .refine(({ targetPrice, percentDrop }) => (targetPrice === undefined) !== (percentDrop === undefined), {
    message: 'give either targetPrice or percentDrop',
  })
  .meta({ id: 'TrackPrice' });
export type TrackPrice = z.infer<typeof TrackPrice>;
export const Tracked = z
  .object({
    success: z.literal(true),
    watchId: z.string().describe('of GET /v1/price-watches; whoever hears webhooks or streams is told by it'),
    productId: z.string(),
    productName: z.string(),
    price: Price,
    currency: z.string().nullable(),
  })
  .meta({ id: 'TrackedPrice' });
export type Tracked = z.infer<typeof Tracked>;

const quantity = z.number().positive().max(100_000).default(1);
const ProductRef = z.string().min(1).max(100);
export const Calculate = z.object({ productId: ProductRef, quantity }).meta({ id: 'CalculatePrice' });
export type Calculate = z.infer<typeof Calculate>;
export const CalculateBulk = z
  .object({
    items: z
      .array(z.object({ productId: ProductRef, quantity }))
      .min(1)
      .max(200),
  })
  .meta({ id: 'CalculatePrices' });
export type CalculateBulk = z.infer<typeof CalculateBulk>;

export const Calculated = z
  .object({
    success: z.boolean().describe('false where there is no such product'),
    productId: z.string(),
    productName: z.string().nullable(),
    basePrice: Price.describe('of one, without a discount'),
    unit: z.string().nullable().describe('of what is weighed: the quantity counts these'),
    quantity: z.number(),
    totalPrice: Price,
    discount: Price.optional().describe('of all, where the shop tells one'),
    finalPrice: Price,
    currency: z.string().nullable(),
    priceDate: Day,
    reason: Reason,
    timestamp: z.iso.datetime(),
  })
  .meta({ id: 'CalculatedPrice' });
export type Calculated = z.infer<typeof Calculated>;
export const CalculatedBulk = z
  .object({
    success: z.boolean().describe('whether every product is known'),
    results: z.array(Calculated),
    totals: z
      .array(z.object({ currency: z.string(), finalPrice: z.number() }))
      .describe('of those whose prices are known, by currency'),
    unpriced: z.int().describe('of which no price is known: in none of the totals'),
    timestamp: z.iso.datetime(),
  })
  .meta({ id: 'CalculatedPrices' });
export type CalculatedBulk = z.infer<typeof CalculatedBulk>;

export const Promotions = z
  .object({
    success: z.literal(true),
    promotions: z.array(
      z.object({
        productId: z.string(),
        productName: z.string().nullable(),
        price: z.number(),
        regularPrice: Price,
        currency: z.string(),
        store: z.string(),
        seenOn: z.string(),
      }),
    ),
    reason: Reason,
    timestamp: z.iso.datetime(),
  })
  .meta({ id: 'FormerPromotions' });
export type Promotions = z.infer<typeof Promotions>;

export const PricingHealth = z
  .object({ service: z.literal('pricing'), status: z.enum(['healthy', 'unhealthy']) })
  .meta({ id: 'PricingHealth' });
