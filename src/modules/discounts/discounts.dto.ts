import { z } from 'zod';
import { OFFER_SOURCE_IDS } from '../providers/cards.js';
import type { AskedClearances } from './discounts.service.js';
import { ToldOffer } from './offering/told-offer.js';

/** Of one question at most: each costs a call of the day. */
const MOST_POSTAL_CODES = 5;
/** Around a point. */
const USUAL_KM = 5;
const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

export const FindOffers = z
  .strictObject({
    postalCode: z
      .string()
      .trim()
      .min(3)
      .max(80)
      .refine((text) => listed(text).length <= MOST_POSTAL_CODES && listed(text).every((code) => code.length <= 12), {
        error: `up to ${MOST_POSTAL_CODES} postal codes with commas between them`,
      })
      .optional()
      .describe(`one, or up to ${MOST_POSTAL_CODES} with commas between them`),
    latitude: z.coerce.number().min(-90).max(90).optional(),
    longitude: z.coerce.number().min(-180).max(180).optional(),
    radiusKm: z.coerce
      .number()
      .gt(0)
      .max(100)
      .optional()
      .describe(
        'around the point (5 unless told), or the middle of each postal code; a postal code without it: its own shops',
      ),
    chains: z.string().trim().min(1).max(200).optional().describe('only these, such as netto,føtex'),
    openNow: z.enum(['true', 'false']).optional().describe('true: only at shops that are known to be open now'),
  })
  .refine(
    ({ postalCode, latitude, longitude }) =>
      postalCode === undefined
        ? latitude !== undefined && longitude !== undefined
        : latitude === undefined && longitude === undefined,
    { error: 'Give either postalCode, or latitude and longitude' },
  );
export type FindOffers = z.infer<typeof FindOffers>;

const SourceName = z.enum(OFFER_SOURCE_IDS);
export const OfferList = z
  .object({
    data: z.array(
      ToldOffer.extend({
        sourceId: SourceName,
        isStale: z.boolean().describe('no source answers now: what was kept of its last word'),
        seenAt: z.iso.datetime().describe('when the source was last asked and had it'),
        trail: z
          .array(z.object({ at: z.iso.datetime(), cents: z.int() }))
          .describe('each price that was seen of it, oldest first'),
      }),
    ),
    failed: z.array(z.object({ sourceId: SourceName, reason: z.string(), detail: z.string() })),
    simulated: z.boolean(),
  })
  .meta({ id: 'OfferList' });
export type OfferList = z.infer<typeof OfferList>;

export function askedOf({ postalCode, latitude, longitude, radiusKm, chains, openNow }: FindOffers): AskedClearances {
  return {
    near:
      postalCode === undefined
        ? [{ latitude: latitude!, longitude: longitude!, radiusKm: radiusKm ?? USUAL_KM }]
        : listed(postalCode).map((code) => ({
            postalCode: code.replace(/^dk[- ]?(?=\d{4}$)/i, ''),
            ...(radiusKm === undefined ? {} : { radiusKm }),
          })),
    ...(chains === undefined ? {} : { chains: listed(chains) }),
    openNow: openNow === 'true',
  };
}
