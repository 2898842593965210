import { Inject, Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { AppError } from '../../../common/errors.js';
import type { Place } from '../../../vocabulary/places.js';
import { DiscountsService } from '../../discounts/discounts.service.js';
import { GeocodingService } from '../../discounts/geocoding.service.js';
import { libraryIn, type Library } from '../../nutrition/library.js';
import { dayMeant, optimized } from '../clearing/optimized.js';
import type { ClearanceWish, Language } from '../clearing/words.js';
import { LIBRARY } from '../library.token.js';
import { Optimize, type NotOptimized, type Optimized } from './optimize.dto.js';
import { optimizedAs } from './optimize.mapping.js';

const USUAL_MEALS = 3;
const MOST_STOPS = 3;
const MOST_KM = 20;
const PER_KM_CENTS = 200;

/** Answers as the former shopping optimizer did, from what shops clear now; what cannot be done is told in its words, with its status. */
@Injectable()
export class OptimizingService {
  constructor(
    private readonly discounts: DiscountsService,
    private readonly geocoding: GeocodingService,
    @Inject(LIBRARY) private readonly library: Library,
  ) {}

  async optimize(
    tenantId: string,
    body: unknown,
    { correlationId, language, gone }: { correlationId: string; language: Language; gone: AbortSignal },
  ): Promise<{ status: 200; answer: Optimized } | { status: 400 | 500; answer: NotOptimized }> {
    const refuse = (status: 400 | 500, error_type: NotOptimized['error_type'], error: string) => ({
      status,
      answer: { success: false as const, error, error_type, correlation_id: correlationId },
    });
    const read = Optimize.safeParse(body);
    if (!read.success) {
      const [issue] = read.error.issues;
      return refuse(400, 'validation', `${issue!.path.join('.') || 'the body'}: ${issue!.message}`);
    }
    const near = pointTold(read.data.location) ?? (await this.geocoding.find(read.data.location));
    if (!near)
      return refuse(
        400,
        'validation',
        'location: a point such as 55.6761,12.5683, or an address with a Danish postal code',
      );
    const wish = wishOf(read.data, near, language);
    try {
      const { offers } = await this.discounts.near(
        tenantId,
        { near: [{ ...wish.near, radiusKm: wish.radiusKm }] },
        gone,
      );
      const { meals, num_meals: count = meals.length || USUAL_MEALS, timeframe, preferences } = read.data;
      const nowMs = databaseNow();
      const found = optimized({
        offers,
        wish,
        meals,
        count,
        nowMs,
        library: libraryIn('DKK', this.library),
        startsOn: dayMeant(timeframe, nowMs),
        prefersOrganic: preferences.prefer_organic,
      });
      return { status: 200, answer: optimizedAs(found, wish, correlationId) };
    } catch (error) {
      if (error instanceof AppError)
        return refuse(500, 'optimization', 'Nobody who knows what shops clear answered; ask again in a minute.');
      throw error;
    }
  }
}

function wishOf({ preferences, search_radius_km: km }: Optimize, place: Place, language: Language): ClearanceWish {
  const { latitude, longitude, precision } = place;
  return {
    near: { latitude, longitude },
    precision,
    language,
    radiusKm: Math.min(km, MOST_KM),
    maxStops: preferences.minimize_stores ? 1 : MOST_STOPS,
    perKmCents: preferences.maximize_savings ? 0 : PER_KM_CENTS,
    perHourCents: 0,
    freeze: false,
    chains: null,
    keepsDays: {},
  };
}

/** The equator is a place, and so is 0,0. */
function pointTold(location: string): Place | null {
  const [, latitude, longitude] = /^(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(location) ?? [];
  const point = { latitude: Number(latitude), longitude: Number(longitude), precision: 'point' as const };
  return Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180 ? point : null;
}
