import { Injectable } from '@nestjs/common';
import type { EventFacts } from '../../../events/new-event.js';
import { forgetKeysOf } from '../../../operations/keys.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { Below, Crossing, Direction, Side } from '../deciding/crossing.js';
import type { BaseUnit, PriceKind } from '../deciding/observation.js';
import type { QuietHours } from '../deciding/quiet-hours.js';

/** What a watch was asked for, as it is kept. `pack` of the line is on the base already. */
export interface WatchAsked {
  product: string | null;
  food: string | null;
  words: string | null;
  stores: string[] | null;
  /** Absent in older watches: wherever it is. */
  near?: { latitude: number; longitude: number; radiusKm: number } | null;
  /** As it was sent, and as it is gone by. */
  below: object;
  bound: Below;
  direction: Direction;
  hysteresis: number;
  quietHours: QuietHours | null;
  currency: string;
  reference: string | null;
}

export interface WatchRow {
  id: string;
  asked: WatchAsked;
  productKey: string | null;
  createdAt: Date;
  states: { productId: string; store: string; side: Side; toldAt: string | null; dueAt: string | null }[];
}

export interface Place {
  tenantId: string;
  productKey: string;
  storeKey: string;
}
/** A watch that a product is of, with the side on which it stands in a store. */
export interface Watched extends Place {
  watchId: string;
  asked: WatchAsked;
  name: string | null;
  side: Side | null;
  /** A crossing is to be told when the quiet hours are over. */
  isOwed: boolean;
}

type Moved = EventFacts<'price.dropped'>;
export interface Owed {
  crossing: Crossing;
  data: Moved;
}
export interface NewState extends Place {
  watchId: string;
  side: Side;
  /** Told at this moment. */
  told: Owed | null;
  /** To be told later, RFC 3339. */
  owed: Owed | null;
  owedAt: string | null;
}

/** A price that was seen before, for what is usual. */
export interface PastPrice extends Pick<Place, 'tenantId' | 'productKey'> {
  unitMicros: number;
  unit: BaseUnit;
  currency: string;
}
export interface LastPrice {
  id: string;
  storeKey: string;
  kind: PriceKind;
  observedOn: string;
  cents: number;
  amount: number;
  unit: BaseUnit;
  currency: string;
  unitMicros: number;
}

const STATES = `COALESCE((SELECT jsonb_agg(s) FROM (
  SELECT product_key AS "productId", store_key AS store, side, to_char(told_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "toldAt",
    to_char(owed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "dueAt"
  FROM price_watch_states WHERE watch_id = w.id ORDER BY told_at DESC NULLS LAST, product_key, store_key LIMIT 50) s), '[]') AS states`;
const WATCH = `w.id, w.asked, w.product_key AS "productKey", w.created_at AS "createdAt", ${STATES}`;

/** Watches, and where what they watch stands. Every statement of the background role names the tenant. */
@Injectable()
export class WatchesRepository {
  constructor(private readonly database: Database) {}

  /** Answers false when the tenant has as many as it may. */
  async insert(
    tx: Tx,
    watch: {
      id: string;
      tenantId: string;
      productKey: string | null;
      words: readonly string[] | null;
      asked: WatchAsked;
    },
    most: number,
  ): Promise<boolean> {
    const rows = await tx.query(
      `INSERT INTO price_watches (id, tenant_id, product_key, words, asked)
       SELECT $1, $2, $3, $4, $5 WHERE (SELECT count(*) FROM price_watches WHERE tenant_id = $2) < $6 RETURNING id`,
      [watch.id, watch.tenantId, watch.productKey, watch.words, JSON.stringify(watch.asked), most],
    );
    return rows.length > 0;
  }

  /** Around where prices are watched, each place of a tenant once. */
  places(): Promise<{ tenantId: string; latitude: number; longitude: number; radiusKm: number }[]> {
    return this.database.query(
      `SELECT DISTINCT tenant_id AS "tenantId", (asked->'near'->>'latitude')::float8 AS latitude,
         (asked->'near'->>'longitude')::float8 AS longitude, (asked->'near'->>'radiusKm')::float8 AS "radiusKm"
       FROM price_watches WHERE asked->'near' ? 'latitude' ORDER BY 1, 2, 3 LIMIT 500`,
    );
  }

  async find(tenantId: string, id: string): Promise<WatchRow | null> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<WatchRow>(`SELECT ${WATCH} FROM price_watches w WHERE w.id = $1`, [id]),
    );
    return row ?? null;
  }

  list(tenantId: string, limit: number, cursor: string | null): Promise<WatchRow[]> {
    return this.database.tenantOne(tenantId, (tx) =>
      tx.query<WatchRow>(
        `SELECT ${WATCH} FROM price_watches w WHERE ($2::text IS NULL OR w.id < $2) ORDER BY w.id DESC LIMIT $1`,
        [limit, cursor],
      ),
    );
  }

  /** With the key that made it: the same request makes another one then. */
  async delete(tenantId: string, id: string): Promise<boolean> {
    return this.database.tenant(tenantId, async (tx) => {
      const rows = await tx.query('DELETE FROM price_watches WHERE id = $1 RETURNING id', [id]);
      await forgetKeysOf(tx, tenantId, [id]);
      return rows.length > 0;
    });
  }

  /** The watches of these products, held until the transaction ends, so that one crossing is told once. */
  watched(tx: Tx, places: readonly Place[]): Promise<Watched[]> {
    return tx.query(
      `SELECT w.id AS "watchId", w.asked, w.tenant_id AS "tenantId", x."productKey", x."storeKey", p.name, s.side, s.owed IS NOT NULL AS "isOwed"
       FROM (SELECT DISTINCT * FROM jsonb_to_recordset($1) AS r("tenantId" text, "productKey" text, "storeKey" text)) x
         LEFT JOIN priced_products p ON p.tenant_id = x."tenantId" AND p.key = x."productKey"
         JOIN price_watches w ON w.tenant_id = x."tenantId" AND (w.product_key = x."productKey" OR w.words <@ p.words)
         LEFT JOIN price_watch_states s
           ON s.watch_id = w.id AND s.product_key = x."productKey" AND s.store_key = x."storeKey"
       ORDER BY w.id FOR UPDATE OF w`,
      [JSON.stringify(places)],
    );
  }

  /** What was seen of these products since `since`, but for clearances; the newest 1,000 of each. */
  past(tx: Tx, products: readonly Pick<Place, 'tenantId' | 'productKey'>[], since: string): Promise<PastPrice[]> {
    return tx.query(
      `SELECT x."tenantId", x."productKey", o.unit_micros::float8 AS "unitMicros", o.unit, o.currency
       FROM (SELECT DISTINCT * FROM jsonb_to_recordset($1) AS r("tenantId" text, "productKey" text)) x CROSS JOIN LATERAL (
         SELECT * FROM price_observations o WHERE o.tenant_id = x."tenantId" AND o.product_key = x."productKey"
           AND o.observed_on >= $2::date AND o.kind <> 'clearance' ORDER BY o.observed_on DESC LIMIT 1000
       ) o`,
      [JSON.stringify(products), since],
    );
  }

  /** What a product costs by what was seen last in each store. */
  last(tx: Tx, tenantId: string, productKey: string, since: string): Promise<LastPrice[]> {
    return tx.query(
      `SELECT DISTINCT ON (store_key) id, store_key AS "storeKey", kind, observed_on::text AS "observedOn", price_cents AS cents, amount,
         unit, currency, unit_micros::float8 AS "unitMicros"
       FROM price_observations WHERE tenant_id = $1 AND product_key = $2 AND observed_on >= $3::date
       ORDER BY store_key, observed_on DESC, last_seen DESC, id DESC`,
      [tenantId, productKey, since],
    );
  }

  async putStates(tx: Tx, states: readonly NewState[]): Promise<void> {
    await tx.query(
      `INSERT INTO price_watch_states AS s (watch_id, product_key, store_key, tenant_id, side, told, told_at, owed, owed_at)
       SELECT "watchId", "productKey", "storeKey", "tenantId", "side", "told", CASE WHEN "told" IS NOT NULL THEN clock_timestamp() END,
         "owed", "owedAt"
       FROM jsonb_to_recordset($1) AS x("watchId" text, "productKey" text, "storeKey" text, "tenantId" text, "side" text, "told" jsonb,
         "owed" jsonb, "owedAt" timestamptz)
       ON CONFLICT (watch_id, product_key, store_key) DO UPDATE SET side = excluded.side,
         told = COALESCE(excluded.told, s.told), told_at = COALESCE(excluded.told_at, s.told_at),
         owed = excluded.owed, owed_at = excluded.owed_at`,
      [JSON.stringify(states)],
    );
  }

  /** What is due to be told now that its quiet hours are over; taken by this transaction alone. */
  due(tx: Tx, limit: number): Promise<(Place & { watchId: string; owed: Owed })[]> {
    return tx.query(
      `WITH due AS (
         SELECT s.watch_id, s.product_key, s.store_key FROM price_watch_states s JOIN price_watches w ON w.id = s.watch_id
         WHERE s.owed_at <= clock_timestamp() ORDER BY s.owed_at LIMIT $1 FOR UPDATE SKIP LOCKED
       ), was AS (
         SELECT s.* FROM price_watch_states s JOIN due USING (watch_id, product_key, store_key)
       )
       UPDATE price_watch_states s SET told = was.owed, told_at = clock_timestamp(), owed = NULL, owed_at = NULL
       FROM was WHERE (s.watch_id, s.product_key, s.store_key) = (was.watch_id, was.product_key, was.store_key)
       RETURNING s.watch_id AS "watchId", s.tenant_id AS "tenantId", s.product_key AS "productKey", s.store_key AS "storeKey", was.owed`,
      [limit],
    );
  }
}
