import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database.js';

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

  /** The plan's status, or null where there is none; one that was made holds nothing from now on, and nothing is held for it again. */
  giveBack(tenantId: string, planId: string): Promise<string | null> {
    return this.database.tenant(tenantId, async (tx) => {
      await oneAfterAnother(tx, tenantId);
      const [plan] = await tx.query<{ status: string }>('SELECT status FROM meal_plans WHERE id = $1', [planId]);
      if (plan?.status === 'completed') {
        await tx.query(
          'UPDATE meal_plans SET hold_released_at = clock_timestamp() WHERE id = $1 AND hold_released_at IS NULL',
          [planId],
        );
        await tx.query('DELETE FROM clearance_reservations WHERE plan_id = $1', [planId]);
      }
      return plan?.status ?? null;
    });
  }

  /**
   * Holds all of them for the first of the plans in place of what they held, or none: false when others hold too many, or when it was told to hold
   * none any more. Plans of one tenant do so one after another.
   */
  reserve(
    tenantId: string,
    planIds: readonly [string, ...string[]],
    wanted: readonly Reserved[],
    expiresAt: string,
  ): Promise<boolean> {
    return this.database.system(async (tx) => {
      await oneAfterAnother(tx, tenantId);
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
         ) AND NOT EXISTS (SELECT FROM meal_plans WHERE id = $2 AND hold_released_at IS NOT NULL) RETURNING ean`,
        [tenantId, planIds[0], JSON.stringify(wanted), expiresAt],
      );
      return rows.length > 0;
    });
  }
}

/** Held until the transaction ends. */
const oneAfterAnother = (tx: Tx, tenantId: string): Promise<unknown> =>
  tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`clearances ${tenantId}`]);
