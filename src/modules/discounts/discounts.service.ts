import type { Near } from '../providers/offer.js';
import type { FoundOffers } from '../providers/offers.service.js';
import type { ToldOffer } from './offering/told-offer.js';

/** A postal code with a radius is the middle of its area. */
export type Around = Near | { postalCode: string; radiusKm: number };

/** Where, at which chains (as the source calls them; all, where none is named), and whether only at shops that are open now. */
export interface AskedClearances {
  near: readonly Around[];
  chains?: readonly string[];
  openNow?: boolean;
}

/** `isStale`: no source answers now, and this is what was kept of its last word at `seenAt`. */
export type FoundClearance = ToldOffer & {
  sourceId: FoundOffers['offers'][number]['sourceId'];
  isStale: boolean;
  seenAt: string;
  /** What it cost before, oldest first; its present price is the last. */
  trail: { at: string; cents: number }[];
};

export interface FoundClearances extends Pick<FoundOffers, 'failed' | 'simulated'> {
  offers: FoundClearance[];
}

/**
 * What shops near places clear. What is seen is kept, told to those who watch prices, and stands in, marked as stale, while no source
 * answers. What keeps it is KeptDiscountsService.
 */
export abstract class DiscountsService {
  /** The best saving first. Throws `offers_unavailable` when no source answers and nothing is kept, `offers_place_unread` for a place that none can read. */
  abstract near(tenantId: string, asked: AskedClearances, signal: AbortSignal): Promise<FoundClearances>;
}
