import { z } from 'zod';
import { idPattern } from '../../../common/ids.js';
import { MAX_CENTS } from '../../../common/money.js';
import { isTimeZone } from '../deciding/quiet-hours.js';
import { ProductKey, CurrencyCode } from '../prices.dto.js';

/** What callers send and get of watches of prices. */
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 22:00');
const Share = z.number().gt(0).max(1);
const DIRECTIONS = ['drop', 'rise', 'both'] as const;

const Below = z
  .union([
    z.strictObject({
      cents: z.int().min(1).max(MAX_CENTS),
      amount: z.number().positive().max(1e6).optional(),
      unit: z.string().min(1).max(40).optional().describe('without it, of one pack as it is sold'),
    }),
    z.strictObject({ share: z.number().gt(0).max(2).describe('of the median of what was seen in a year') }),
    z.strictObject({ percentile: Share.describe('so many of what was seen in a year cost as much or more') }),
  ])
  .describe('where the line is');

const QuietHours = z
  .strictObject({
    from: Time,
    to: Time,
    timezone: z.string().max(60).refine(isTimeZone, 'a time zone such as Europe/Copenhagen'),
  })
  .describe('what crosses the line then is told when they are over, if it is still so');

const NearShops = z
  .union([
    z.strictObject({ postalCode: z.string().trim().min(3).max(12), radiusKm: z.number().gt(0).max(100).default(5) }),
    z.strictObject({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      radiusKm: z.number().gt(0).max(100).default(5),
    }),
  ])
  .describe('only shops around here, as the crow flies: of what they clear, which is asked for again by itself');

export const CreatePriceWatch = z
  .strictObject({
    product: ProductKey.optional(),
    food: z.string().trim().min(1).max(100).optional().describe('every product that is called so, such as "oat milk"'),
    words: z.string().trim().min(1).max(200).optional().describe('every product whose name has all these words'),
    stores: z.array(z.string().min(1).max(120)).min(1).max(50).optional(),
    near: NearShops.optional(),
    below: Below,
    direction: z.enum(DIRECTIONS).default('drop'),
    hysteresis: z.number().min(0).max(0.5).default(0.03).describe('dearer by this share it is above the line again'),
    quietHours: QuietHours.optional(),
    currency: CurrencyCode.default('USD'),
    reference: z.string().min(1).max(128).optional(),
  })
  .refine(({ product, food, words }) => [product, food, words].filter((one) => one !== undefined).length === 1, {
    message: 'give one of product, food and words',
  })
  .meta({ id: 'CreatePriceWatch' });
export type CreatePriceWatch = z.infer<typeof CreatePriceWatch>;

export const PriceWatch = z
  .object({
    id: z.string(),
    product: z.string().nullable(),
    food: z.string().nullable(),
    words: z.string().nullable(),
    stores: z.array(z.string()).nullable(),
    near: z.object({ latitude: z.number(), longitude: z.number(), radiusKm: z.number() }).nullable(),
    below: z.looseObject({}).describe('as it was asked for'),
    direction: z.enum(DIRECTIONS),
    hysteresis: z.number(),
    quietHours: z.object({ from: z.string(), to: z.string(), timezone: z.string() }).nullable(),
    currency: z.string(),
    reference: z.string().nullable(),
    createdAt: z.iso.datetime(),
    states: z
      .array(
        z.object({
          productId: z.string(),
          store: z.string(),
          side: z.enum(['below', 'above']),
          toldAt: z.iso.datetime().nullable(),
          dueAt: z.iso.datetime().nullable().describe('to be told when the quiet hours are over'),
        }),
      )
      .describe('where each product stands; the 50 that moved last'),
  })
  .meta({ id: 'PriceWatch' });
export type PriceWatch = z.infer<typeof PriceWatch>;

export const PriceWatchList = z
  .object({ data: z.array(PriceWatch), nextCursor: z.string().nullable() })
  .meta({ id: 'PriceWatchList' });
export type PriceWatchList = z.infer<typeof PriceWatchList>;

export const ListPriceWatches = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().regex(idPattern('wat')).optional(),
});
export type ListPriceWatches = z.infer<typeof ListPriceWatches>;
