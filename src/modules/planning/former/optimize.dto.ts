import { z } from 'zod';

/** What callers of the former shopping optimizer send and read. Prices are kroner, as they know them. */
const MOST_KM = 100;
export const Optimize = z
  .object({
    location: z.string().trim().min(3).max(200).describe('"55.6761,12.5683", or an address with its postal code'),
    meals: z.array(z.string().trim().min(1).max(60)).max(14).default([]),
    preferences: z
      .object({
        maximize_savings: z.boolean().default(true),
        minimize_stores: z.boolean().default(false),
        prefer_organic: z.boolean().default(false),
      })
      .default({ maximize_savings: true, minimize_stores: false, prefer_organic: false }),
    num_meals: z.int().min(1).max(14).optional(),
    search_radius_km: z.number().gt(0).max(MOST_KM).default(5),
    timeframe: z.string().max(60).optional(),
  })
  .meta({ id: 'Optimize' });
export type Optimize = z.infer<typeof Optimize>;

/** As it arrives: what is wrong with it is told in the words of the former optimizer. */
export const OptimizeBody = z.looseObject({}).meta({ id: 'OptimizeBody' });

export const Optimized = z
  .object({
    success: z.literal(true),
    recommendation: z.object({
      purchases: z.array(
        z.object({
          product_name: z.string(),
          store_name: z.string(),
          purchase_day: z.iso.date(),
          quantity: z.int(),
          price: z.number().describe('of all of them, in kroner'),
          savings: z.number(),
          price_ore: z.int(),
          savings_ore: z.int(),
          meal_association: z.string(),
          use_by: z.iso.date(),
          use_by_assumed: z.boolean(),
        }),
      ),
      total_savings: z.number(),
      time_savings: z.number().describe('minutes, beside a trip to each of the shops alone'),
      tips: z.array(z.string()),
      motivation_message: z.string(),
      stores: z.array(
        z.object({
          name: z.string(),
          address: z.string().nullable(),
          latitude: z.number(),
          longitude: z.number(),
          opens_at: z.iso.datetime().nullable(),
          closes_at: z.iso.datetime().nullable(),
          map: z.url(),
        }),
      ),
    }),
    user_location: z.object({ latitude: z.number(), longitude: z.number() }),
    correlation_id: z.string(),
  })
  .meta({ id: 'Optimized' });
export type Optimized = z.infer<typeof Optimized>;

export const NotOptimized = z
  .object({
    success: z.literal(false),
    error: z.string(),
    error_type: z.enum(['validation', 'optimization', 'server']),
    correlation_id: z.string(),
  })
  .meta({ id: 'NotOptimized' });
export type NotOptimized = z.infer<typeof NotOptimized>;
