import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

/** Packs of what a shop clears that a plan means to buy. */
export interface Reserved {
  sourceId: string;
  storeId: string;
  ean: string;
  packs: number;
  /** All that may be counted on, whoever holds it. */
  most: number;
}

/** What plans of a tenant hold of what shops clear, until the shopping is over, so that no two of them count on the same packs. */
@Injectable()
export class ReservationsRepository {
  constructor(private readonly database: Database) {}

  /** Packs that plans of the tenant beside these hold now, by source, store and EAN. */
  async held(tenantId: string, planIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query<{ key: string; packs: number }>(
      `SELECT source_id || ' ' || store_id || ' ' || ean AS key, sum(packs)::int AS packs FROM clearance_reservations
       WHERE tenant_id = $1 AND NOT plan_id = ANY ($2) AND expires_at > clock_timestamp() GROUP BY 1`,
      [tenantId, planIds],
    );
    return new Map(rows.map(({ key, packs }) => [key, packs]));
  }

  /**
   * Holds all of them for the first of the plans in place of what they held, or none: false when others hold too many. Plans of one tenant do
   * so one after another.
   */
  reserve(
    tenantId: string,
    planIds: readonly [string, ...string[]],
    wanted: readonly Reserved[],
    expiresAt: string,
  ): Promise<boolean> {
    return this.database.system(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`clearances ${tenantId}`]);
      await tx.query(
        'DELETE FROM clearance_reservations WHERE plan_id = ANY ($1) OR (tenant_id = $2 AND expires_at <= clock_timestamp())',
        [planIds, tenantId],
      );
      if (wanted.length === 0) return true;
      const rows = await tx.query(
        `WITH wanted AS (
           SELECT * FROM jsonb_to_recordset($3) AS x("sourceId" text, "storeId" text, ean text, packs integer, most integer)
         ), taken AS (
           SELECT source_id, store_id, ean, sum(packs) AS packs FROM clearance_reservations WHERE tenant_id = $1 GROUP BY 1, 2, 3
         )
         INSERT INTO clearance_reservations (plan_id, tenant_id, source_id, store_id, ean, packs, expires_at)
         SELECT $2, $1, "sourceId", "storeId", ean, packs, $4 FROM wanted
         WHERE NOT EXISTS (
           SELECT FROM wanted w JOIN taken t ON (t.source_id, t.store_id, t.ean) = (w."sourceId", w."storeId", w.ean)
           WHERE t.packs + w.packs > w.most
         ) RETURNING ean`,
        [tenantId, planIds[0], JSON.stringify(wanted), expiresAt],
      );
      return rows.length > 0;
    });
  }
}
