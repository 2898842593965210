import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { PastQuote } from './deciding/track-record.js';

/** What stored answers tell of providers, over all tenants. */
@Injectable()
export class TrackRecordsRepository {
  constructor(private readonly database: Database) {}

  /** Share of usable answers among each provider's part of the last 2,000; what we had no time to hear tells nothing of it, nor that no store is near. */
  async recentReliability(): Promise<{ providerId: string; answers: number; usable: number }[]> {
    return this.database.query(
      `SELECT provider_id AS "providerId", count(*)::int AS answers,
         (count(*) FILTER (WHERE (result->>'ok')::boolean))::int AS usable
       FROM (SELECT provider_id, result FROM quotes ORDER BY received_at DESC LIMIT 2000) recent
       WHERE coalesce(result->'failure'->>'reason', '') NOT IN ('overloaded', 'no_store')
       GROUP BY provider_id`,
    );
  }

  /** The newest quotes after `since` (a day at most), oldest first, and until when they reach. A sample is enough where more have come. */
  async quotesSince(since: string | null, limit: number): Promise<(PastQuote & { at: string })[]> {
    return this.database.query(
      `SELECT * FROM (
         SELECT q.received_at::text AS at, q.provider_id AS "providerId", r.request->'items' AS items,
           COALESCE((SELECT jsonb_agg(jsonb_build_object('lineId', line->'lineId', 'cents', line->'lineTotalCents'))
             FROM jsonb_array_elements(offer->'lines') line WHERE line->>'status' IN ('matched', 'substituted')), '[]') AS lines,
           (offer->>'deliveryCents')::int AS "deliveryCents", (offer->>'feesCents')::int AS "feesCents",
           (offer->>'taxCents')::int AS "taxCents", (offer->'deliveryMinutes'->>'max')::float8 AS minutes
         FROM quotes q CROSS JOIN LATERAL (SELECT q.result->'offer' AS offer) o JOIN routes r ON r.id = q.route_id
         WHERE q.received_at > COALESCE($1::timestamptz, clock_timestamp() - interval '1 day') AND offer->>'kind' = 'quote'
         ORDER BY q.received_at DESC LIMIT $2
       ) newest ORDER BY at`,
      [since, limit],
    );
  }
}
