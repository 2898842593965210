import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database.js';

/** A route that was confirmed, with what it was decided at. */
export interface Confirmed {
  routeId: string;
  tenantId: string;
  providerId: string;
  shop: string;
  decidedCents: number;
  confirmedCents: number;
  missing: number;
  confirmedAt: string;
}

export interface HonestyRow {
  providerId: string;
  confirmations: number;
  unchanged: number;
  changePercent: number | null;
  receipts: number;
  receiptLines: number;
  receiptPercent: number | null;
}

/** An order is of a confirmation that came at most so many days before it. */
const DAYS_APART = 7;
/** A price that was last seen so many days before the order is what was quoted for it. */
const QUOTED_DAYS = 14;
const LATELY_DAYS = 90;

/** How what providers quoted compares with what they then asked and took. */
@Injectable()
export class HonestyRepository {
  constructor(private readonly database: Database) {}

  /** Heard twice it is the same. */
  async insert(rows: readonly Confirmed[]): Promise<void> {
    await this.database.query(
      `INSERT INTO quote_honesty (route_id, tenant_id, provider_id, shop, decided_cents, confirmed_cents, missing, confirmed_at)
       SELECT "routeId", "tenantId", "providerId", "shop", "decidedCents", "confirmedCents", "missing", "confirmedAt"
       FROM jsonb_to_recordset($1) AS x("routeId" text, "tenantId" text, "providerId" text, "shop" text, "decidedCents" integer,
         "confirmedCents" integer, "missing" integer, "confirmedAt" timestamptz)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows)],
    );
  }

  /** These orders are none any more, or not as they were. */
  async release(tx: Tx, tenantId: string, orderIds: readonly string[]): Promise<void> {
    await tx.query(
      `UPDATE quote_honesty SET order_id = NULL, receipt_lines = NULL, quoted_cents = NULL, paid_cents = NULL
       WHERE tenant_id = $1 AND order_id = ANY ($2)`,
      [tenantId, orderIds],
    );
  }

  /**
   * Finds of these orders those that are of a confirmed route: of the same shop, in the week after it, at least half of whose lines the shop
   * had quoted shortly before. Compared is what was paid for them with what was quoted for as much.
   */
  async match(tx: Tx, tenantId: string, orderIds: readonly string[]): Promise<void> {
    await tx.query(
      `WITH lines AS (
         SELECT o.source_ref AS order_id, split_part(o.store_key, '/', 1) AS shop, o.observed_on, o.price_cents AS paid,
           (SELECT round(q.unit_micros * o.amount / 1000000) FROM price_observations q
            WHERE q.tenant_id = $1 AND q.product_key = o.product_key AND q.kind = 'quoted' AND q.unit = o.unit
              AND q.currency = o.currency AND q.observed_on <= o.observed_on AND q.observed_on > o.observed_on - 90
              AND q.last_seen > o.observed_on - make_interval(days => ${QUOTED_DAYS})
              AND split_part(q.store_key, '/', 1) = split_part(o.store_key, '/', 1)
            ORDER BY q.observed_on DESC, q.last_seen DESC LIMIT 1) AS quoted
         FROM price_observations o
         WHERE o.tenant_id = $1 AND o.kind = 'paid' AND o.source_ref = ANY ($2)
           AND EXISTS (SELECT FROM quote_honesty h WHERE h.tenant_id = $1 AND h.order_id IS NULL)
       ), receipts AS (
         SELECT order_id, shop, observed_on, count(quoted)::int AS lines, sum(quoted)::int AS quoted,
           (sum(paid) FILTER (WHERE quoted IS NOT NULL))::int AS paid
         FROM lines GROUP BY order_id, shop, observed_on HAVING count(quoted) > 0 AND count(quoted) * 2 >= count(*)
       ), pairs AS (
         SELECT DISTINCT ON (r.order_id) r.*, h.route_id FROM receipts r JOIN quote_honesty h ON h.tenant_id = $1 AND h.shop = r.shop
           AND h.order_id IS NULL AND h.confirmed_at::date BETWEEN r.observed_on - ${DAYS_APART} AND r.observed_on + 1
         ORDER BY r.order_id, h.confirmed_at DESC
       ), one AS (SELECT DISTINCT ON (route_id) * FROM pairs ORDER BY route_id, observed_on)
       UPDATE quote_honesty h SET order_id = one.order_id, receipt_lines = one.lines, quoted_cents = one.quoted, paid_cents = one.paid
       FROM one WHERE h.route_id = one.route_id`,
      [tenantId, orderIds],
    );
  }

  /** Of the last 90 days, over all tenants. */
  lately(): Promise<HonestyRow[]> {
    return this.database.query(
      `SELECT provider_id AS "providerId", count(*)::int AS confirmations,
         (count(*) FILTER (WHERE confirmed_cents = decided_cents AND missing = 0))::int AS unchanged,
         round(100.0 * (sum(confirmed_cents) - sum(decided_cents)) / NULLIF(sum(decided_cents), 0), 2)::float8 AS "changePercent",
         count(order_id)::int AS receipts, COALESCE(sum(receipt_lines), 0)::int AS "receiptLines",
         round(100.0 * (sum(paid_cents) - sum(quoted_cents)) / NULLIF(sum(quoted_cents), 0), 2)::float8 AS "receiptPercent"
       FROM quote_honesty WHERE confirmed_at > clock_timestamp() - make_interval(days => ${LATELY_DAYS}) GROUP BY provider_id`,
    );
  }
}
