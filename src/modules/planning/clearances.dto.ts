import { z } from 'zod';
import { CURRENCIES } from '../../common/money.js';
import { SLOTS } from './solver/plan.js';

/** What a plan buys of what shops clear, as callers see it. Weights are grams as bought, money minor units of the plan's currency. */
const Line = z.object({
  ean: z.string(),
  name: z.string(),
  food: z.string(),
  match: z.enum(['exact', 'stand_in']),
  bought: z.int().describe('whole packs'),
  packGrams: z.int(),
  priceCents: z.int(),
  regularCents: z.int(),
  stock: z.number().describe('as told, in stockUnit'),
  stockUnit: z.enum(['each', 'kg']),
  stockShare: z.number().describe('of the stock, what is counted on'),
  buyBy: z.iso.datetime(),
  useBy: z.iso.date(),
  isUseByAssumed: z.boolean().describe('a printed date always wins'),
  isFrozen: z.boolean(),
  mayBeGone: z.enum(['unlikely', 'possible', 'likely']).nullable(),
  isStale: z.boolean(),
  allergens: z.object({ certain: z.array(z.string()), likely: z.array(z.string()) }),
  uses: z.array(z.object({ date: z.iso.date(), slot: z.enum(SLOTS), recipeId: z.string(), grams: z.int() })),
  usedGrams: z.int(),
  paidCents: z.int(),
  savedCents: z.int(),
});

const Stop = z.object({
  shop: z.object({
    sourceId: z.string(),
    storeId: z.string(),
    name: z.string(),
    brand: z.string().nullable(),
    street: z.string().nullable(),
    postalCode: z.string().nullable(),
    city: z.string().nullable(),
    latitude: z.number(),
    longitude: z.number(),
    opensAt: z.iso.datetime().nullable(),
    closesAt: z.iso.datetime().nullable(),
  }),
  arrivesAt: z.iso.datetime(),
  lines: z.array(Line),
});

export const ToldClearances = z.object({
  currency: z.enum(CURRENCIES),
  near: z
    .object({ latitude: z.number(), longitude: z.number(), precision: z.enum(['point', 'postal_code']) })
    .nullable()
    .describe(
      'from where one sets out; postal_code: the middle of its area, in the country up to 10 km from any house',
    ),
  isWorthIt: z.boolean(),
  sentence: z.string(),
  day: z.iso.date().nullable().describe('on which to shop'),
  stops: z.array(Stop).describe('in their order; none where it is not worth it'),
  meals: z
    .array(
      z.object({
        date: z.iso.date(),
        slot: z.enum(SLOTS),
        recipeId: z.string(),
        title: z.string(),
        suggestion: z
          .object({ name: z.string(), text: z.string() })
          .nullable()
          .describe('what a model calls it, where there is one; nothing of the plan depends on it'),
        uses: z.array(
          z.object({ storeId: z.string(), ean: z.string(), name: z.string(), food: z.string(), grams: z.int() }),
        ),
      }),
    )
    .describe('those that use what is bought'),
  trip: z.object({ km: z.number(), minutes: z.int(), cents: z.int(), endsAt: z.iso.datetime() }).nullable(),
  savedCents: z.int(),
  savedGrams: z.int(),
  paidCents: z.int(),
  netCents: z.int().describe('savedCents less the trip'),
  lists: z
    .object({ withoutCents: z.int(), withCents: z.int() })
    .nullable()
    .describe('the whole shopping in whole packs at usual prices, without clearances and with them'),
  best: z
    .object({
      savedCents: z.int(),
      savedGrams: z.int(),
      netCents: z.int(),
      tripCents: z.int(),
      shops: z.array(z.string()),
    })
    .nullable()
    .describe('the best there was, worth it or not'),
  formula: z.object({ savedCents: z.string(), savedGrams: z.string(), trip: z.string() }),
  maps: z.object({ route: z.url().nullable(), stops: z.array(z.url()) }),
  tips: z.array(z.string()),
  seen: z.object({
    shops: z.int(),
    offers: z.int(),
    usable: z.int(),
    heldPacks: z.int().optional().describe('of what is cleared there, what other plans of the tenant hold'),
  }),
});
