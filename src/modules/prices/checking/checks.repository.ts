import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { BaseUnit, Pack, PriceKind, Seen } from '../deciding/observation.js';

/** So many of the newest tell what is usual. */
const MOST = 1000;

const SEEN = `json_build_array(o.id, o.kind, o.store_key, o.observed_on, o.last_seen::date, o.price_cents, o.currency, o.amount, o.unit,
  o.unit_micros, o.source, o.source_ref)`;
type SeenRow = [string, PriceKind, string, string, string, number, string, number, BaseUnit, number, string, string];

/** What was seen of a product that is asked for by any of its keys. */
export interface Known {
  asked: string;
  key: string;
  name: string | null;
  seen: Seen[];
}

export interface HistoryFilter {
  store: string | null;
  kind: PriceKind | null;
  from: string | null;
  to: string | null;
}

/** A stretch of days. Micros: millionths of a cent for one of the base. */
export interface Bucket {
  from: string;
  n: number;
  lowest: number;
  median: number;
  highest: number;
  last: number;
  kinds: PriceKind[];
}

/**
 * Keys that are asked for, each with the product that it is of. Made before it is used: under row-level security an index is not looked up
 * by an expression that might tell of other tenants' rows, as COALESCE might for all that PostgreSQL knows.
 */
const KNOWN = (asked: string) => `WITH known AS MATERIALIZED (
  SELECT a.asked, COALESCE(p.same_as, a.asked) AS key, p.name, p.key IS NOT NULL AS is_known
  FROM ${asked} AS a(asked) LEFT JOIN priced_products p ON p.key = a.asked
)`;

const AT_STORE = (store: string) =>
  `(${store}::text IS NULL OR o.store_key = ${store} OR starts_with(o.store_key, ${store} || '/'))`;

/** What was seen of prices. One statement each, as the tenant. */
@Injectable()
export class ChecksRepository {
  constructor(private readonly database: Database) {}

  /** Of each key the newest observations since `since`; a key that nothing is known of is not answered. */
  async seen(tenantId: string, keys: readonly string[], since: string, store: string | null = null): Promise<Known[]> {
    const rows = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<Omit<Known, 'seen'> & { seen: SeenRow[] | null }>(
        `${KNOWN('unnest($1::text[])')} SELECT k.asked, k.key, k.name, s.seen
         FROM known k CROSS JOIN LATERAL (
             SELECT json_agg(${SEEN}) AS seen FROM (
               SELECT * FROM price_observations o
               WHERE o.product_key = k.key AND o.observed_on >= $2::date AND ${AT_STORE('$3')}
               ORDER BY o.observed_on DESC LIMIT ${MOST}
             ) o
           ) s
         WHERE k.is_known OR s.seen IS NOT NULL`,
        [keys, since, store],
      ),
    );
    return rows.map((row) => ({ ...row, seen: (row.seen ?? []).map(seenOf) }));
  }

  /** The size of pack that a product was last seen in, in which currency; null when it was never seen. `isKnown`: by its name at least. */
  async pack(
    tenantId: string,
    key: string,
  ): Promise<{ key: string; isKnown: boolean; pack: (Pack & { currency: string }) | null }> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<{ key: string; isKnown: boolean; amount: number | null; unit: BaseUnit; currency: string }>(
        `${KNOWN('(SELECT $1::text)')} SELECT k.key, k.is_known OR o.unit IS NOT NULL AS "isKnown", o.amount, o.unit, o.currency
         FROM known k LEFT JOIN LATERAL (
             SELECT amount, unit, currency FROM price_observations o WHERE o.product_key = k.key
             ORDER BY o.observed_on DESC, o.last_seen DESC, o.id DESC LIMIT 1
           ) o ON true`,
        [key],
      ),
    );
    const { amount, unit, currency } = row!;
    return { key: row!.key, isKnown: row!.isKnown, pack: amount === null ? null : { amount, unit, currency } };
  }

  /** The stretches of a product's history, newest first, before `cursor`; one more than `limit` when there are more. */
  buckets(
    tenantId: string,
    key: string,
    base: Pack & { currency: string },
    {
      bucket,
      cursor,
      limit,
      store,
      kind,
      from,
      to,
    }: HistoryFilter & { bucket: string; cursor: string | null; limit: number },
  ): Promise<Bucket[]> {
    return this.database.tenantOne(tenantId, (tx) =>
      tx.query<Bucket>(
        `SELECT date_trunc($2, o.observed_on::timestamp)::date::text AS from, count(*)::int AS n,
           min(o.unit_micros)::float8 AS lowest, percentile_cont(0.5) WITHIN GROUP (ORDER BY o.unit_micros) AS median,
           max(o.unit_micros)::float8 AS highest,
           (array_agg(o.unit_micros ORDER BY o.observed_on DESC, o.last_seen DESC, o.id DESC))[1]::float8 AS last,
           array_agg(DISTINCT o.kind ORDER BY o.kind) AS kinds
         FROM price_observations o
         WHERE o.product_key = $1 AND o.unit = $3 AND o.currency = $4 AND ${AT_STORE('$5')} AND ($6::text IS NULL OR o.kind = $6)
           AND ($7::date IS NULL OR o.observed_on >= $7) AND ($8::date IS NULL OR o.observed_on <= $8)
           AND ($9::date IS NULL OR o.observed_on < $9)
         GROUP BY 1 ORDER BY 1 DESC LIMIT $10`,
        [key, bucket, base.unit, base.currency, store, kind, from, to, cursor, limit + 1],
      ),
    );
  }
}

function seenOf(row: SeenRow): Seen {
  const [id, kind, storeKey, observedOn, lastSeenOn, cents, currency, amount, unit, unitMicros, source, sourceRef] =
    row;
  return { id, kind, storeKey, observedOn, lastSeenOn, cents, currency, amount, unit, unitMicros, source, sourceRef };
}
