import { z } from 'zod';

/** What callers of the former cache warmer send and get. It kept several things; here quotes are what is warmed. */
const Category = z.literal('quotes', { error: 'quotes, which are all that is warmed' });
const service = z.literal('warmer');

export const WarmWhat = z
  .strictObject({
    category: Category.optional(),
    force: z.boolean().optional().describe('changes nothing: no provider is asked beyond its limits'),
  })
  .meta({ id: 'WarmWhat' });
export type WarmWhat = z.infer<typeof WarmWhat>;

export const ScheduleWarmer = z
  .strictObject({ interval: z.int().min(10).max(120).describe('seconds') })
  .meta({ id: 'ScheduleWarmer' });
export type ScheduleWarmer = z.infer<typeof ScheduleWarmer>;

export const WarmerHealth = z
  .object({
    service,
    status: z.literal('healthy'),
    cache: z.enum(['redis', 'postgresql']).describe('where quotes are kept'),
    warming: z.boolean(),
  })
  .meta({ id: 'WarmerHealth' });
export type WarmerHealth = z.infer<typeof WarmerHealth>;

export const WarmerDone = z
  .object({
    service,
    success: z.literal(true),
    category: z.literal('quotes'),
    warmed: z.int(),
    left: z.int().describe('for want of calls, or because the provider is not well'),
    timestamp: z.iso.datetime(),
  })
  .meta({ id: 'WarmerDone' });
export type WarmerDone = z.infer<typeof WarmerDone>;

export const WarmerStatus = z
  .object({
    service,
    warming: z.boolean(),
    intervalSeconds: z.int(),
    hits: z.int(),
    misses: z.int(),
    hitRatePercent: z.number().nullable().describe('null where nothing was looked for yet'),
    warmed: z.int(),
    warmedUsed: z.int().describe('of the warmed, those that somebody then asked for'),
    cartsKnown: z.int(),
  })
  .meta({ id: 'WarmerStatus' });
export type WarmerStatus = z.infer<typeof WarmerStatus>;

export const WarmerSchedule = z
  .object({ service, success: z.literal(true), intervalSeconds: z.int() })
  .meta({ id: 'WarmerSchedule' });
export type WarmerSchedule = z.infer<typeof WarmerSchedule>;
