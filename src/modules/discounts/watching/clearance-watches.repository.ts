import { Injectable } from '@nestjs/common';
import { forgetKeysOf } from '../../../operations/keys.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { WatchedPlace } from '../../prices/prices.service.js';
import type { KnownClearance } from '../deciding/area-changes.js';

/** What a watch was asked for, beside where. */
export interface AreaAsked {
  chains: string[] | null;
  words: string | null;
  reference: string | null;
}

export interface ClearanceWatchRow extends Omit<WatchedPlace, 'tenantId'> {
  id: string;
  asked: AreaAsked;
  running: number;
  createdAt: Date;
  seenAt: Date | null;
}

/** A watch with what was told to run in its area. */
export interface FollowedArea {
  id: string;
  asked: AreaAsked;
  known: KnownClearance[];
  isFirst: boolean;
}

/** Places asked again by themselves at most, of all tenants; those not heard of for longest come first. */
const MOST_PLACES = 500;
const WATCH = `id, latitude, longitude, radius_km AS "radiusKm", asked, jsonb_array_length(known) AS running, created_at AS "createdAt", seen_at AS "seenAt"`;

/** Areas whose clearances are watched. Every statement of the background role names the tenant. */
@Injectable()
export class ClearanceWatchesRepository {
  constructor(private readonly database: Database) {}

  /** Answers false when the tenant has as many as it may. */
  async insert(
    tx: Tx,
    { tenantId, latitude, longitude, radiusKm }: WatchedPlace,
    id: string,
    asked: AreaAsked,
    most: number,
  ): Promise<boolean> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('clearance_watches'), hashtext($1))`, [tenantId]);
    const rows = await tx.query(
      `INSERT INTO clearance_watches (id, tenant_id, latitude, longitude, radius_km, asked)
       SELECT $1, $2, $3, $4, $5, $6 WHERE (SELECT count(*) FROM clearance_watches WHERE tenant_id = $2) < $7 RETURNING id`,
      [id, tenantId, latitude, longitude, radiusKm, JSON.stringify(asked), most],
    );
    return rows.length > 0;
  }

  async find(tenantId: string, id: string): Promise<ClearanceWatchRow | null> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<ClearanceWatchRow>(`SELECT ${WATCH} FROM clearance_watches WHERE id = $1`, [id]),
    );
    return row ?? null;
  }

  list(tenantId: string, limit: number, cursor: string | null): Promise<ClearanceWatchRow[]> {
    return this.database.tenantOne(tenantId, (tx) =>
      tx.query<ClearanceWatchRow>(
        `SELECT ${WATCH} FROM clearance_watches WHERE ($2::text IS NULL OR id < $2) ORDER BY id DESC LIMIT $1`,
        [limit, cursor],
      ),
    );
  }

  /** With the key that made it: the same request makes another one then. */
  async delete(tenantId: string, id: string): Promise<boolean> {
    return this.database.tenant(tenantId, async (tx) => {
      const rows = await tx.query('DELETE FROM clearance_watches WHERE id = $1 RETURNING id', [id]);
      await forgetKeysOf(tx, tenantId, [id]);
      return rows.length > 0;
    });
  }

  /** Where areas are watched, each place of a tenant once, and of how many these are. */
  async places(): Promise<{ places: WatchedPlace[]; total: number }> {
    const rows = await this.database.query<WatchedPlace & { total: number }>(
      `SELECT tenant_id AS "tenantId", latitude, longitude, radius_km AS "radiusKm", count(*) OVER ()::int AS total
       FROM clearance_watches GROUP BY 1, 2, 3, 4 ORDER BY min(seen_at) NULLS FIRST, 1, 2, 3, 4 LIMIT ${MOST_PLACES}`,
    );
    return { places: rows, total: rows[0]?.total ?? 0 };
  }

  /** The watches of a place, held until the transaction ends, so that one change is told once. */
  at(tx: Tx, { tenantId, latitude, longitude, radiusKm }: WatchedPlace): Promise<FollowedArea[]> {
    return tx.query(
      `SELECT id, asked, known, seen_at IS NULL AS "isFirst" FROM clearance_watches
       WHERE tenant_id = $1 AND latitude = $2 AND longitude = $3 AND radius_km = $4 ORDER BY id FOR UPDATE`,
      [tenantId, latitude, longitude, radiusKm],
    );
  }

  async keep(tx: Tx, tenantId: string, id: string, known: readonly KnownClearance[]): Promise<void> {
    await tx.query(
      'UPDATE clearance_watches SET known = $3, seen_at = clock_timestamp() WHERE tenant_id = $1 AND id = $2',
      [tenantId, id, JSON.stringify(known)],
    );
  }

  async count(tx: Tx, tenantId: string): Promise<number> {
    const sql = 'SELECT count(*)::int AS count FROM clearance_watches WHERE tenant_id = $1';
    return (await tx.query<{ count: number }>(sql, [tenantId]))[0]!.count;
  }

  /** In the order in which they are held while they are told of. */
  async erase(tx: Tx, tenantId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `DELETE FROM clearance_watches WHERE id IN
         (SELECT id FROM clearance_watches WHERE tenant_id = $1 ORDER BY id FOR UPDATE) RETURNING id`,
      [tenantId],
    );
    return rows.map(({ id }) => id);
  }
}
