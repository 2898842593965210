import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { FindRoutes } from './finding.dto.js';

export interface FoundRow {
  id: string;
  tenantId: string;
  status: 'open' | 'fulfilled' | 'partial' | 'no_quotes' | 'cancelled';
  reference: string | null;
  traceparent: string;
  items: string[];
  winnerId: string | null;
  totalCents: number | null;
  currency: string | null;
  createdAt: Date;
}

/** Of the newest so many are the parts looked at that no index knows, so that a rare name does not read every route there is. */
const LOOK_AT = 20_000;

/** Routes of all tenants, for operators. */
@Injectable()
export class FindingRepository {
  constructor(private readonly database: Database) {}

  /** Newest first, one more than `limit` where there are more. */
  find({ id, item, provider, reference, from, to, limit, cursor }: FindRoutes): Promise<FoundRow[]> {
    return this.database.query<FoundRow>(
      `SELECT r.id, r.tenant_id AS "tenantId", r.status, r.reference, r.traceparent, r.created_at AS "createdAt",
         ARRAY(SELECT line->>'name' FROM jsonb_array_elements(r.request->'items') line LIMIT 10) AS items,
         r.outcome->'winner'->>'providerId' AS "winnerId", (r.outcome->'winner'->>'totalCents')::int AS "totalCents",
         r.outcome->'winner'->>'currency' AS currency
       FROM (SELECT * FROM routes WHERE ($1::text IS NULL OR id = $1 OR split_part(traceparent, '-', 2) = $1)
           AND ($2::text IS NULL OR reference = $2) AND ($3::timestamptz IS NULL OR created_at >= $3)
           AND ($4::timestamptz IS NULL OR created_at <= $4) AND ($5::text IS NULL OR id < $5)
         ORDER BY id DESC LIMIT ${LOOK_AT}) r
       WHERE ($6::text IS NULL OR EXISTS (SELECT FROM jsonb_array_elements(r.request->'items') line
           WHERE strpos(lower(line->>'name'), lower($6)) > 0))
         AND ($7::text IS NULL OR EXISTS (SELECT FROM quotes q WHERE q.route_id = r.id AND q.provider_id = $7))
       ORDER BY r.id DESC LIMIT $8`,
      [
        id ?? null,
        reference ?? null,
        from ?? null,
        to ?? null,
        cursor ?? null,
        item ?? null,
        provider ?? null,
        limit + 1,
      ],
    );
  }
}
