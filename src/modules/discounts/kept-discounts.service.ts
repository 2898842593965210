import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { databaseNow } from '../../common/clock.js';
import { AppError } from '../../common/errors.js';
import { fingerprintOf } from '../../common/canonical-json.js';
import { Breath } from '../../common/pacing/breath.js';
import { Config } from '../../config.js';
import { PricesService } from '../prices/prices.service.js';
import { OFFER_SOURCE_IDS } from '../providers/cards.js';
import type { Near } from '../providers/offer.js';
import { OffersService, type FoundOffers } from '../providers/offers.service.js';
import { ClearancesRepository, type Kept, type Trail } from './clearances.repository.js';
import {
  DiscountsService,
  type Around,
  type AskedClearances,
  type FoundClearance,
  type FoundClearances,
} from './discounts.service.js';
import { isOfChains } from './deciding/chains.js';
import { clearedOf } from './offering/cleared.js';
import { pointOf, toldOffer } from './offering/told-offer.js';

/** What was seen this long ago is written down again though nothing changed. */
const SEEN_AGAIN_MS = 5 * 60_000;
const MOST_REMEMBERED = 1000;
/** Around a postal code, what is kept is looked for so far out. */
const POSTAL_CODE_KM = 5;

@Injectable()
export class KeptDiscountsService extends DiscountsService {
  /** What was written down lately, so that callers of a moment write it once. */
  private readonly written = new Map<string, number>();

  constructor(
    private readonly offers: OffersService,
    private readonly clearances: ClearancesRepository,
    private readonly prices: PricesService,
    private readonly config: Config,
    private readonly log: PinoLogger,
  ) {
    super();
  }

  async near(
    tenantId: string,
    { near, chains, openNow }: AskedClearances,
    signal: AbortSignal,
  ): Promise<FoundClearances> {
    const answers = await Promise.allSettled(
      near.map(async (place) => this.offers.near(tenantId, meant(place), signal)),
    );
    const good = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const seenAt = new Date(databaseNow()).toISOString();
    const found =
      good.length > 0 ? await this.fresh(tenantId, good, seenAt) : await this.kept(near, refusalIn(answers));
    const breath = new Breath();
    const told: FoundClearance[] = [];
    for (const one of found.offers) {
      // Reading a name that was not seen before takes a part of a millisecond.
      await breath.take();
      told.push({ ...nearest(one, near), ...restOf(one) });
    }
    return {
      ...found,
      offers: told.filter(
        ({ store, isOpenNow }) => isOfChains(store, chains ?? null) && (!openNow || isOpenNow === true),
      ),
    };
  }

  private async fresh(tenantId: string, good: readonly FoundOffers[], seenAt: string): Promise<Seen> {
    const offers = new Map(
      good.flatMap((one) => one.offers.map((offer) => [`${offer.sourceId} ${offer.store.id} ${offer.ean}`, offer])),
    );
    const simulated = good.some((one) => one.simulated);
    const all = [...offers.values()];
    const trails = await this.write(tenantId, all, simulated);
    return {
      offers: all.map((offer) => ({
        ...offer,
        isStale: false,
        seenAt,
        trail: trails.get(`${offer.sourceId} ${offer.store.id} ${offer.ean}`) ?? [
          { at: seenAt, cents: offer.priceCents },
        ],
      })),
      failed: good.flatMap(({ failed }) => failed),
      simulated,
    };
  }

  /** Writes down what was seen. What cannot be written harms nobody who only asks. */
  private async write(tenantId: string, offers: readonly Offered[], simulated: boolean): Promise<Trail> {
    try {
      const key = fingerprintOf([tenantId, offers]);
      if (databaseNow() - (this.written.get(key) ?? 0) > SEEN_AGAIN_MS) {
        await this.clearances.keep(offers, simulated);
        // In production nothing of a simulator is a price that somebody asks.
        if (!simulated || this.config.values.LOOPGPT_ENV !== 'production')
          await this.prices.cleared(
            tenantId,
            offers.map((offer) => clearedOf(offer, databaseNow())),
          );
        if (this.written.size >= MOST_REMEMBERED) this.written.delete(this.written.keys().next().value!);
        this.written.set(key, databaseNow());
      }
      return await this.clearances.trails(offers);
    } catch (error) {
      this.log.warn({ event: 'clearances_unwritten', tenant_id: tenantId, err: error }, 'clearances_unwritten');
      return new Map();
    }
  }

  /** What was seen there before and still runs; where nothing was, the failure. */
  private async kept(near: readonly Around[], failure: unknown): Promise<Seen> {
    if (!(failure instanceof AppError) || failure.code !== 'offers_unavailable') throw failure;
    const around = near.flatMap((place) => {
      const point = pointOf(place);
      return point ? [{ ...point, radiusKm: 'radiusKm' in place ? place.radiusKm : POSTAL_CODE_KM }] : [];
    });
    const kept = await this.clearances.around(around);
    if (kept.length === 0) throw failure;
    const failed = (failure.extra.errors ?? []).flatMap(({ pointer, detail }) =>
      OFFER_SOURCE_IDS.filter((id) => id === pointer).map((sourceId) => ({ sourceId, reason: 'unavailable', detail })),
    );
    return { offers: kept.map(staleOf), failed, simulated: kept.some(({ isSimulated }) => isSimulated) };
  }
}

/** The place as sources are asked for it. Throws `offers_place_unread` for a postal code around which nobody knows where to look. */
function meant(place: Around): Near {
  if (!('postalCode' in place && 'radiusKm' in place)) return place;
  const point = pointOf(place);
  const detail = 'no place of this postal code is known; give latitude and longitude';
  if (!point) throw new AppError('offers_place_unread', detail, { errors: [{ pointer: '/postalCode', detail }] });
  return { latitude: point.latitude, longitude: point.longitude, radiusKm: place.radiusKm };
}

type Offered = FoundOffers['offers'][number];
type Seen = Pick<FoundClearances, 'failed' | 'simulated'> & {
  offers: (Offered & Pick<FoundClearance, 'isStale' | 'seenAt' | 'trail'>)[];
};

const staleOf = ({ offer, seenAt, trail }: Kept): Seen['offers'][number] => ({
  ...offer,
  isStale: true,
  seenAt,
  trail,
});
const restOf = ({ sourceId, isStale, seenAt, trail }: Seen['offers'][number]) => ({ sourceId, isStale, seenAt, trail });
const refusalIn = (answers: readonly PromiseSettledResult<unknown>[]): unknown =>
  answers.find((one) => one.status === 'rejected')?.reason;

/** Told for the nearest of the places. */
function nearest(offer: Seen['offers'][number], near: readonly Around[]) {
  const told = near.map((place) => toldOffer(offer, place, databaseNow()));
  return told.reduce((best, one) => ((one.distanceKm ?? Infinity) < (best.distanceKm ?? Infinity) ? one : best));
}
