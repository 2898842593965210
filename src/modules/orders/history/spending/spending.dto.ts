import { z } from 'zod';
import { RETAILERS } from '../../reading/reading.js';

/** What was spent, as callers see it. Cents are the smallest unit of the currency. */
export const SPENT_BY = ['month', 'store', 'group'] as const;
const Cents = z.int().nullable();

export const AskSpending = z.strictObject({
  by: z.enum(SPENT_BY).default('month'),
  from: z.iso.date().optional().describe('ordered on this day or later'),
  to: z.iso.date().optional().describe('ordered on this day or before'),
  retailer: z.enum(RETAILERS).optional(),
});
export type AskSpending = z.infer<typeof AskSpending>;

const sums = {
  currency: z.string(),
  goodsCents: Cents.describe('what was charged for lines; null where of none of them it is known'),
  totalCents: Cents.describe('what was charged for whole orders, fees, tax and tips with it; null by group'),
  refundCents: Cents.describe(
    'given back later, and taken off none of the others; null by group, for orders tell it as one sum',
  ),
  orders: z.int(),
  ordersWithoutTotal: z.int().describe('of which no total is known: in none of totalCents'),
  linesWithoutPrice: z.int().describe('of which nobody knows what was charged: in none of goodsCents'),
};

export const Spending = z
  .object({
    by: z.enum(SPENT_BY),
    from: z.iso.date().nullable(),
    to: z.iso.date().nullable(),
    data: z.array(
      z.object({
        key: z
          .string()
          .nullable()
          .describe('a month ("2025-03"), a store ("walmart/5260"), a group of foods; null where nothing tells it'),
        name: z.string().nullable(),
        ...sums,
      }),
    ),
    totals: z
      .array(z.object(sums))
      .describe('one for each currency; by group, an order with goods of several groups is counted in each'),
  })
  .meta({ id: 'Spending' });
export type Spending = z.infer<typeof Spending>;
