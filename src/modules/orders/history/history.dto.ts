import { z } from 'zod';
import { idPattern } from '../../../common/ids.js';
import { LINE_STATES, RETAILERS } from '../reading/reading.js';

/** Orders and products as callers see them. Money in the smallest unit of the currency; null is unknown, and never nothing. */
const Cents = z.int().nullable();
const Day = z.iso.date();

export const ListOrders = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .regex(/^(\d{4}-\d{2}-\d{2}|none)_ord_[0-9A-HJKMNP-TV-Z]{26}$/)
    .optional(),
  retailer: z.enum(RETAILERS).optional(),
  store: z.string().min(1).max(20).optional().describe('number of a store'),
  from: Day.optional().describe('ordered on this day or later'),
  to: Day.optional().describe('ordered on this day or before'),
  product: z.string().regex(idPattern('prd')).optional(),
  q: z.string().min(1).max(100).optional().describe('words in the names of its lines'),
});
export type ListOrders = z.infer<typeof ListOrders>;

const OrderSummary = z.object({
  id: z.string(),
  retailer: z.enum(RETAILERS),
  number: z.string(),
  orderedOn: Day.nullable(),
  storeNumber: z.string().nullable(),
  channel: z.enum(['online', 'store']).nullable(),
  currency: z.string(),
  totalCents: Cents,
  lines: z.int(),
  reconciled: z.enum(['both', 'items', 'total', 'none']),
});
export const OrderList = z
  .object({ data: z.array(OrderSummary), nextCursor: z.string().nullable() })
  .meta({ id: 'OrderList' });
export type OrderList = z.infer<typeof OrderList>;

const Line = z.object({
  position: z.int(),
  productId: z.string().nullable(),
  name: z.string().nullable(),
  receiptName: z.string().nullable(),
  usItemId: z.string().nullable(),
  offerId: z.string().nullable(),
  upc: z.string().nullable(),
  asin: z.string().nullable(),
  quantity: z.number().nullable().describe('that was charged; 1 for what was weighed'),
  orderedQuantity: z.number().nullable(),
  measure: z.object({ value: z.number(), unit: z.string() }).nullable(),
  unitCents: z.number().nullable(),
  lineCents: Cents.describe('that was charged; 0 for what did not come'),
  listedCents: Cents,
  wasCents: Cents,
  state: z.enum(LINE_STATES).nullable(),
  substitutedFor: z.int().nullable(),
  group: z.int().nullable(),
  taxCode: z.string().nullable(),
  size: z.string().nullable(),
});

const texts = z.array(z.string()).nullable();
export const OrderResource = z
  .object({
    id: z.string(),
    retailer: z.enum(RETAILERS),
    number: z.string(),
    displayNumber: z.string().nullable(),
    channel: z.enum(['online', 'store']).nullable(),
    orderedAt: z.iso.datetime().nullable(),
    orderedOn: Day.nullable(),
    zone: z.string().nullable(),
    storeNumber: z.string().nullable(),
    storeName: z.string().nullable(),
    status: z.string().nullable(),
    currency: z.string(),
    subtotalBeforeCents: Cents,
    savingsCents: Cents,
    savingsKind: z
      .enum(['in_subtotal', 'after_subtotal'])
      .nullable()
      .describe('whether the subtotal is less the savings already, or they come off the total'),
    subtotalCents: Cents,
    deliveryCents: Cents,
    bagCents: Cents,
    expressCents: Cents,
    feesCents: Cents,
    fees: z.array(z.object({ kind: z.string(), label: z.string(), cents: z.int(), wasCents: Cents })).nullable(),
    taxCents: Cents,
    taxLines: z.array(z.object({ label: z.string(), ratePercent: z.number().nullable(), cents: z.int() })).nullable(),
    tipCents: Cents,
    donationsCents: Cents,
    refundCents: Cents.describe('given back later: no part of the total'),
    totalCents: Cents,
    fulfillments: texts,
    sellers: texts,
    tracking: texts,
    deliveredOn: Day.nullable(),
    isFuel: z.boolean().nullable(),
    charges: z.array(z.object({ on: Day.nullable(), cents: z.int() })).nullable(),
    payments: z.array(z.object({ type: z.string(), cents: z.int() })).nullable(),
    linesAre: z.enum(['charged', 'ordered', 'unknown']),
    items: z.boolean().nullable().describe('whether the lines add up to the subtotal'),
    total: z.boolean().nullable().describe('whether subtotal and all that comes to it add up to the total'),
    reconciled: z.enum(['both', 'items', 'total', 'none']),
    sources: z.record(z.string(), z.string()).describe('which format each field is from'),
    contradictions: z.array(
      z.object({ field: z.string(), kept: z.unknown(), by: z.string(), other: z.unknown(), from: z.string() }),
    ),
    lines: z.array(Line),
  })
  .meta({ id: 'Order' });
export type OrderResource = z.infer<typeof OrderResource>;
