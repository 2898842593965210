import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import type { SeenPrice } from '../seen-price.js';
import type { Priced } from '../deciding/observation.js';

/** An observation as it is stored. */
export interface Observation extends Priced {
  tenantId: string;
  regularCents: number | null;
  source: string;
  sourceRef: string;
}

/** One that was stored, with the product that it is of by now, and whether the tenant watches any price. */
export interface Stored {
  id: string;
  tenantId: string;
  productKey: string;
  sourceRef: string;
  isWatched: boolean;
}

/** A product as it is known here. `sameAs`: the product that it turned out to be. */
export interface PricedProduct {
  tenantId: string;
  key: string;
  name: string;
  words: readonly string[];
  sameAs: string | null;
}

const ROWS = `jsonb_to_recordset($1) AS x("id" text, "tenantId" text, "productKey" text, "storeKey" text, "kind" text, "observedOn" date,
  "lastSeen" timestamptz, "cents" integer, "currency" text, "amount" float8, "unit" text, "unitMicros" bigint, "regularCents" integer,
  "source" text, "sourceRef" text)`;
/** Each of `x` under the key of the product that it turned out to be. */
const KNOWN = `SELECT x.*, COALESCE(p.same_as, x."productKey") AS key FROM ${ROWS}
  LEFT JOIN priced_products p ON p.tenant_id = x."tenantId" AND p.key = x."productKey"`;
const INSERT = `INSERT INTO price_observations (id, tenant_id, product_key, store_key, kind, observed_on, last_seen, price_cents,
  currency, amount, unit, unit_micros, regular_cents, source, source_ref)`;
const COLUMNS = `"id", "tenantId", key, "storeKey", "kind", "observedOn", "lastSeen", "cents", "currency", "amount", "unit",
  "unitMicros", "regularCents", "source", "sourceRef"`;
/** Rows of `moved` under their new `key`; what is there already stays. */
const MOVED = `${INSERT} SELECT id, tenant_id, key, store_key, kind, observed_on, last_seen, price_cents, currency, amount, unit,
  unit_micros, regular_cents, source, source_ref FROM moved ON CONFLICT DO NOTHING`;
const STORED = `id, tenant_id AS "tenantId", product_key AS "productKey", source_ref AS "sourceRef", EXISTS (SELECT FROM price_watches w WHERE w.tenant_id = price_observations.tenant_id)
  AS "isWatched"`;

const SEEN = `o.product_key AS "productKey", o.store_key AS "storeKey", o.kind, o.observed_on::text AS "observedOn",
  o.last_seen::date::text AS "lastSeenOn", o.price_cents AS cents, o.regular_cents AS "regularCents", o.currency, o.amount, o.unit, o.source`;
const LOOK_BACK_DAYS = 45;

/** What prices are seen. Every statement names the tenant: the background role sees all. */
@Injectable()
export class ObservationsRepository {
  /** The same price from the same source twice is one. Answers those that are new. */
  insert(tx: Tx, rows: readonly Observation[]): Promise<Stored[]> {
    return tx.query(
      `WITH known AS (${KNOWN}) ${INSERT} SELECT ${COLUMNS} FROM known ON CONFLICT DO NOTHING RETURNING ${STORED}`,
      [JSON.stringify(rows)],
    );
  }

  /**
   * Prices that are asked again and again: one that has not moved since the last only moves when it was last seen, and one that is no
   * newer than the last is nothing new, as when a record is heard twice; what is as it was LOOK_BACK_DAYS ago is kept anew, so that few
   * months are read. Of each product and store at most one row may be given. Answers
   * those that moved. Its commit does not wait for the disk: what is lost is seen again.
   */
  insertMoved(tx: Tx, rows: readonly Observation[]): Promise<Stored[]> {
    return tx.query(
      `WITH relaxed AS (SELECT set_config('synchronous_commit', $2, true)), known AS (${KNOWN}), latest AS (
         SELECT k.*, o.id AS before_id, o.observed_on AS before_on, o.last_seen AS before_at,
           o.price_cents = k."cents" AND o.currency = k."currency" AND o.amount = k."amount" AND o.unit = k."unit" AS is_same
         FROM relaxed, known k LEFT JOIN LATERAL (
           SELECT * FROM price_observations o
           WHERE o.tenant_id = k."tenantId" AND o.product_key = k.key AND o.store_key = k."storeKey" AND o.kind = k."kind"
             AND o.observed_on >= $3::date
           ORDER BY o.observed_on DESC, o.last_seen DESC, o.id DESC LIMIT 1
         ) o ON true
       ), seen_again AS (
         UPDATE price_observations o SET last_seen = l."lastSeen" FROM latest l
         WHERE l.is_same AND l."lastSeen" > l.before_at AND o.tenant_id = l."tenantId" AND o.product_key = l.key
           AND o.observed_on = l.before_on AND o.id = l.before_id
       )
       ${INSERT} SELECT ${COLUMNS} FROM latest WHERE before_at IS NULL OR (NOT is_same AND "lastSeen" > before_at)
       ON CONFLICT DO NOTHING RETURNING ${STORED}`,
      [JSON.stringify(rows), 'off', lookedBackTo(rows)],
    );
  }

  /** Of these keys those that are known, each with the product that it is of. */
  async known(tx: Tx, tenantId: string, keys: readonly string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ key: string; product: string }>(
      'SELECT key, COALESCE(same_as, key) AS product FROM priced_products WHERE tenant_id = $1 AND key = ANY ($2)',
      [tenantId, keys],
    );
    return new Map(rows.map(({ key, product }) => [key, product]));
  }

  /** Those that orders brought. */
  async removePaid(tx: Tx, tenantId: string, orderIds: readonly string[]): Promise<void> {
    await tx.query(`DELETE FROM price_observations WHERE tenant_id = $1 AND kind = 'paid' AND source_ref = ANY ($2)`, [
      tenantId,
      orderIds,
    ]);
  }

  /** What products are called, and which keys are of the same. What was seen under such a key goes over to its product. */
  async putProducts(tx: Tx, products: readonly PricedProduct[]): Promise<void> {
    await tx.query(
      `WITH rows AS (
         SELECT DISTINCT ON ("tenantId", "key") * FROM jsonb_to_recordset($1) AS x("tenantId" text, "key" text, "name" text, "words" text[], "sameAs" text)
       ), put AS (
         INSERT INTO priced_products AS p (tenant_id, key, name, words, same_as) SELECT "tenantId", "key", "name", "words", "sameAs" FROM rows
         ORDER BY "tenantId", "key"
         ON CONFLICT (tenant_id, key) DO UPDATE SET name = excluded.name, words = excluded.words,
           same_as = COALESCE(excluded.same_as, p.same_as)
           WHERE (p.name, p.same_as) IS DISTINCT FROM (excluded.name, COALESCE(excluded.same_as, p.same_as))
         RETURNING tenant_id, key, same_as
       ), moved AS (
         DELETE FROM price_observations o USING put WHERE put.same_as IS NOT NULL AND o.tenant_id = put.tenant_id AND o.product_key = put.key
         RETURNING o.*, put.same_as AS key
       )
       ${MOVED}`,
      [JSON.stringify(products)],
    );
  }

  /** What was one product is another from now on, with all that was seen of it and all who watch it. */
  async join(tx: Tx, tenantId: string, pairs: readonly { from: string; to: string }[]): Promise<void> {
    const input = `jsonb_to_recordset($2) AS j("from" text, "to" text)`;
    const params = [tenantId, JSON.stringify(pairs)];
    await tx.query(
      `WITH moved AS (
         DELETE FROM price_observations o USING ${input} WHERE o.tenant_id = $1 AND o.product_key = j."from"
         RETURNING o.*, j."to" AS key
       ) ${MOVED}`,
      params,
    );
    await tx.query(
      `UPDATE price_watches w SET product_key = j."to" FROM ${input} WHERE w.tenant_id = $1 AND w.product_key = j."from"`,
      params,
    );
    await tx.query(
      `UPDATE priced_products p SET same_as = j."to" FROM ${input}
       WHERE p.tenant_id = $1 AND (p.key = j."from" OR p.same_as = j."from")`,
      params,
    );
  }

  /** Of these products those of which nothing was seen. */
  async forgetProducts(tx: Tx, tenantId: string, ids: readonly string[]): Promise<void> {
    await tx.query(
      `DELETE FROM priced_products p WHERE p.tenant_id = $1 AND (p.key = ANY ($2) OR p.same_as = ANY ($2)) AND NOT EXISTS (
         SELECT FROM price_observations o WHERE o.tenant_id = $1 AND o.product_key = COALESCE(p.same_as, p.key))`,
      [tenantId, ids],
    );
  }

  /** Of each product the newest observation of a whole pack: not what was paid, for that may have been weighed. */
  latest(tx: Tx, tenantId: string, keys: readonly string[]): Promise<SeenPrice[]> {
    return tx.query(
      `SELECT s.* FROM unnest($2::text[]) asked CROSS JOIN LATERAL (
         SELECT ${SEEN} FROM price_observations o WHERE o.tenant_id = $1 AND o.product_key = asked AND o.kind <> 'paid'
         ORDER BY o.last_seen DESC, o.id DESC LIMIT 1) s`,
      [tenantId, keys],
    );
  }

  /** All that was seen of a product since a day, newest first; a thousand at most. */
  since(tx: Tx, tenantId: string, key: string, day: string): Promise<SeenPrice[]> {
    return tx.query(
      `SELECT ${SEEN} FROM price_observations o WHERE o.tenant_id = $1 AND o.product_key = $2 AND o.observed_on >= $3
       ORDER BY o.observed_on DESC, o.last_seen DESC, o.id DESC LIMIT 1000`,
      [tenantId, key, day],
    );
  }

  /** What was seen to cost less than it does otherwise, since a day, the newest of each product and store; a hundred at most. */
  reduced(tx: Tx, tenantId: string, day: string): Promise<(SeenPrice & { name: string | null })[]> {
    return tx.query(
      `SELECT * FROM (SELECT DISTINCT ON (o.product_key, o.store_key) ${SEEN}, p.name
         FROM price_observations o LEFT JOIN priced_products p ON p.tenant_id = o.tenant_id AND p.key = o.product_key
         WHERE o.tenant_id = $1 AND o.observed_on >= $2 AND (o.kind = 'clearance' OR o.regular_cents > o.price_cents)
         ORDER BY o.product_key, o.store_key, o.last_seen DESC, o.id DESC) r
       ORDER BY "lastSeenOn" DESC, "productKey" LIMIT 100`,
      [tenantId, day],
    );
  }

  /** Everything of a tenant; answers how many observations there were. */
  async erase(tx: Tx, tenantId: string): Promise<number> {
    const [row] = await tx.query<{ gone: number }>(
      `WITH gone AS (DELETE FROM price_observations WHERE tenant_id = $1 RETURNING 1),
         products AS (DELETE FROM priced_products WHERE tenant_id = $1),
         honesty AS (DELETE FROM quote_honesty WHERE tenant_id = $1)
       SELECT count(*)::int AS gone FROM gone`,
      [tenantId],
    );
    return row!.gone;
  }
}

function lookedBackTo(rows: readonly Observation[]): string {
  const first = Math.min(...rows.map(({ observedOn }) => Date.parse(observedOn)));
  return new Date(first - LOOK_BACK_DAYS * 86_400_000).toISOString().slice(0, 10);
}
