import { z } from 'zod';
import { ProviderId } from '../../providers/provider.js';

/** How a cart may be split, and how it is: what callers send and get. */
export const SplitWish = z.strictObject({
  maxStops: z.int().min(1).max(8).default(3).describe('stores to buy at, at most'),
  stopCostCents: z
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .describe('what each stop costs the caller, beside what the store asks'),
  perKmCents: z
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe('pickup: what each km to a store and back costs the caller; nothing where it is left out'),
  mode: z
    .enum(['delivery', 'pickup'])
    .default('delivery')
    .describe('pickup: nothing is asked for delivery; other fees and tax as they are told'),
});
export type SplitWish = z.infer<typeof SplitWish>;

/** What of a stop its provider did not tell for a basket like it. */
export const UNKNOWNS = ['delivery', 'fees', 'tax', 'minimum', 'distance'] as const;
export type Unknown = (typeof UNKNOWNS)[number];

const SplitStop = z.object({
  providerId: ProviderId,
  providerName: z.string(),
  store: z.object({ id: z.string(), name: z.string() }).nullable(),
  lines: z.array(
    z.object({
      lineId: z.string(),
      productId: z.string().nullable(),
      productName: z.string().nullable(),
      packs: z.int(),
      isSubstitute: z.boolean(),
      cents: z.int(),
    }),
  ),
  goodsCents: z.int(),
  deliveryCents: z.int(),
  feesCents: z.int(),
  taxCents: z.int(),
  stopCostCents: z.int().describe('what the caller said of a stop, and of the way'),
  totalCents: z.int(),
  minimumCents: z.int().nullable().describe('what a basket must come to; null where the provider does not tell'),
  slackCents: z.int().nullable().describe('how much the goods are above it'),
  assumed: z
    .array(z.enum(UNKNOWNS))
    .describe('what the provider does not tell: an upper usual amount is counted for it'),
  expiresAt: z.iso.datetime(),
});

export const Split = z
  .object({
    status: z.enum(['complete', 'partial', 'none']).describe('complete: every line of the cart is bought'),
    wish: SplitWish,
    currency: z.string(),
    stops: z.array(SplitStop),
    totalCents: z.int().nullable(),
    provenOptimal: z
      .boolean()
      .describe('no way of buying as many lines costs less; never where that hangs on what a provider does not tell'),
    boundCents: z
      .int()
      .nullable()
      .describe('no way costs less, even if all that is not told costs nothing; null: no bound is known'),
    gapCents: z.int().nullable().describe('between the total and the bound'),
    againstSingleStore: z
      .object({
        providerId: ProviderId,
        totalCents: z.int(),
        savesCents: z.int().nullable().describe('null where the one store lacks lines that the split has'),
        uncovered: z.int(),
      })
      .nullable()
      .describe('the one store that has the most lines, for the least'),
    againstCheapestPerLine: z
      .object({
        totalCents: z.int(),
        savesCents: z.int().nullable(),
        stops: z.int(),
        brokenMinimums: z.array(ProviderId),
      })
      .nullable()
      .describe(
        'each line where it costs the least, whatever a stop costs; stores that would not accept their part are named',
      ),
    flip: z
      .object({ secondBest: z.array(ProviderId), costsMoreCents: z.int(), provenOptimal: z.boolean() })
      .nullable()
      .describe('the cheapest other set of stores that has as many lines'),
    uncovered: z.array(z.string()).describe('ids of lines that are not bought'),
    explanation: z.string(),
  })
  .meta({ id: 'Split' });
export type Split = z.infer<typeof Split>;
