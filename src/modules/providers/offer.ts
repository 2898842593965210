import { z } from 'zod';
import { CURRENCIES } from '../../common/money.js';
import type { OfferSourceId, SourceCard } from './cards.js';
import type { Probed, ProviderSettings, ProviderTools, QuoteFailure } from './provider.js';

const Cents = z.int().nonnegative();

/**
 * Something a shop sells for less for a while, such as food about to expire: an offer to plan with, not a quote for a cart. Amounts are
 * integer minor units of `currency`; null means that the source does not tell.
 */
export const Offer = z.object({
  /** As printed on the pack; a code that begins with 2 is the shop's own, for weighed goods. */
  ean: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  currency: z.enum(CURRENCIES),
  priceCents: Cents,
  regularPriceCents: Cents.nullable(),
  /** How much is left, in `stockUnit`. */
  stock: z.number().nonnegative(),
  stockUnit: z.enum(['each', 'kg']),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /** When the source last saw it. */
  updatedAt: z.iso.datetime().nullable(),
  store: z.object({
    id: z.string(),
    name: z.string(),
    brand: z.string().nullable(),
    street: z.string().nullable(),
    postalCode: z.string().nullable(),
    city: z.string().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    hours: z
      .array(z.object({ opensAt: z.iso.datetime(), closesAt: z.iso.datetime() }))
      .nullable()
      .describe('day by day; one on which it stays closed has the same moment twice; null where they are not told'),
  }),
});
export type Offer = z.infer<typeof Offer>;

/** Where offers are wanted: a postal code, or a point with a radius in km. */
export type Near = { postalCode: string } | { latitude: number; longitude: number; radiusKm: number };

export type OffersResult = { ok: true; offers: Offer[]; simulated: boolean } | { ok: false; failure: QuoteFailure };

export type ConnectOffers = (
  settings: ProviderSettings,
  tools: ProviderTools,
) => {
  offers(near: Near, signal: AbortSignal): Promise<OffersResult>;
  /** As an adapter's of quotes. */
  probe(signal: AbortSignal): Promise<Probed>;
};

/** A source of offers, which is never asked for a quote. */
export interface OfferSource extends SourceCard<OfferSourceId> {
  readonly connect: ConnectOffers;
}
