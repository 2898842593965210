import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { distanceKm } from '../../vocabulary/places.js';
import type { FoundOffers } from '../providers/offers.service.js';

type Offered = FoundOffers['offers'][number];

/** What was kept of a clearance that still runs. */
export interface Kept {
  offer: Offered;
  trail: { at: string; cents: number }[];
  seenAt: string;
  isSimulated: boolean;
}
/** Prices by source, store and EAN, oldest first. */
export type Trail = Map<string, Kept['trail']>;

/** Of one clearance at most. */
const MOST_PRICES = 50;
const KM_PER_DEGREE = 111;
const MOST_KEPT = 3000;

/** What was seen of clearances, by store and EAN: their last word and each price that they had. They are of no tenant. */
@Injectable()
export class ClearancesRepository {
  constructor(private readonly database: Database) {}

  /** A price that has moved is added to the trail; an older word of the source than the one kept changes nothing. */
  async keep(offers: readonly Offered[], isSimulated: boolean): Promise<void> {
    if (offers.length === 0) return;
    await this.database.query(
      `INSERT INTO clearances AS c (source_id, store_id, ean, offer, trail, is_simulated, latitude, longitude, ends_at)
       SELECT x->>'sourceId', x->'store'->>'id', x->>'ean', x,
         jsonb_build_array(jsonb_build_object('at', COALESCE(x->>'updatedAt', $3), 'cents', x->'priceCents')), $2,
         (x->'store'->>'latitude')::float8, (x->'store'->>'longitude')::float8, (x->>'endsAt')::timestamptz
       FROM jsonb_array_elements($1::jsonb) x
       ORDER BY 1, 2, 3
       ON CONFLICT (source_id, store_id, ean) DO UPDATE SET offer = excluded.offer, is_simulated = excluded.is_simulated,
         latitude = excluded.latitude, longitude = excluded.longitude, ends_at = excluded.ends_at, last_seen_at = clock_timestamp(),
         trail = CASE WHEN c.trail->-1->'cents' = excluded.offer->'priceCents' THEN c.trail
           WHEN jsonb_array_length(c.trail) < ${MOST_PRICES} THEN c.trail || excluded.trail
           ELSE (c.trail - 0) || excluded.trail END
       WHERE COALESCE(c.offer->>'updatedAt', '') <= COALESCE(excluded.offer->>'updatedAt', '9')`,
      [JSON.stringify(offers), isSimulated, new Date().toISOString()],
    );
  }

  async trails(offers: readonly Offered[]): Promise<Trail> {
    const keys = offers.map(({ sourceId, store, ean }) => ({ sourceId, storeId: store.id, ean }));
    const rows = await this.database.query<{ key: string; trail: Kept['trail'] }>(
      `SELECT c.source_id || ' ' || c.store_id || ' ' || c.ean AS key, c.trail FROM clearances c
       JOIN jsonb_to_recordset($1) AS x("sourceId" text, "storeId" text, ean text)
         ON (c.source_id, c.store_id, c.ean) = (x."sourceId", x."storeId", x.ean)`,
      [JSON.stringify(keys)],
    );
    return new Map(rows.map(({ key, trail }) => [key, trail]));
  }

  /** What still runs around these points. */
  async around(points: readonly { latitude: number; longitude: number; radiusKm: number }[]): Promise<Kept[]> {
    const found = new Map<string, Kept>();
    for (const { latitude, longitude, radiusKm } of points) {
      const up = radiusKm / KM_PER_DEGREE;
      const along = up / Math.max(0.01, Math.cos((latitude * Math.PI) / 180));
      const rows = await this.database.query<Kept & { latitude: number; longitude: number }>(
        `SELECT offer, trail, is_simulated AS "isSimulated", latitude, longitude,
           to_char(last_seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "seenAt"
         FROM clearances WHERE latitude BETWEEN $1 AND $2 AND longitude BETWEEN $3 AND $4 AND ends_at > clock_timestamp()
         ORDER BY source_id, store_id, ean LIMIT ${MOST_KEPT}`,
        [latitude - up, latitude + up, longitude - along, longitude + along],
      );
      for (const { latitude: lat, longitude: lon, ...kept } of rows) {
        if (distanceKm({ latitude, longitude }, { latitude: lat, longitude: lon }) > radiusKm) continue;
        const { sourceId, store, ean } = kept.offer;
        found.set(`${sourceId} ${store.id} ${ean}`, kept);
      }
    }
    return [...found.values()];
  }

  /** Of these places, those that nobody asked for in so many seconds: taken by this caller alone. */
  async due(places: readonly string[], seconds: number): Promise<string[]> {
    const rows = await this.database.query<{ place: string }>(
      `INSERT INTO clearance_places AS p (place, asked_at)
       SELECT place, clock_timestamp() FROM unnest($1::text[]) place ORDER BY place
       ON CONFLICT (place) DO UPDATE SET asked_at = clock_timestamp()
         WHERE p.asked_at < clock_timestamp() - make_interval(secs => $2)
       RETURNING place`,
      [places, seconds],
    );
    return rows.map(({ place }) => place);
  }
}
