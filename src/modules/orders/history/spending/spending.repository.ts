import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import type { Spent } from './deciding/totals.js';
import type { AskSpending } from './spending.dto.js';

/** What was charged: of an account of what was ordered nobody knows. */
const CHARGED = `(o.facts->>'linesAre' = 'charged' AND (l.state IS NULL OR l.state IN ('bought', 'substituted', 'returned')))`;
const UNKNOWN = `(CASE WHEN o.facts->>'linesAre' = 'charged' THEN ${CHARGED} AND l.line_cents IS NULL
  ELSE l.state IS DISTINCT FROM 'informational' END)`;
/** Also of what was not charged it is known what it cost: nothing. */
const KNOWN = `(o.facts->>'linesAre' = 'charged' AND l.state IS DISTINCT FROM 'informational' AND NOT ${UNKNOWN})`;
const WITHIN = `($1::date IS NULL OR o.ordered_on >= $1) AND ($2::date IS NULL OR o.ordered_on <= $2)
  AND ($3::text IS NULL OR o.retailer = $3) AND COALESCE(o.facts->>'status', '') NOT LIKE 'cancel%'`;

const KEYS = {
  month: `to_char(o.ordered_on, 'YYYY-MM')`,
  store: `o.retailer || COALESCE('/' || o.store_number, '')`,
} as const;

@Injectable()
export class SpendingRepository {
  constructor(private readonly database: Database) {}

  spent(tenantId: string, { by, from, to, retailer }: AskSpending): Promise<Spent[]> {
    const params = [from ?? null, to ?? null, retailer ?? null];
    return this.database.tenantOne(tenantId, (tx) =>
      tx.query(by === 'group' ? BY_GROUP : byOrder(KEYS[by], by), params),
    );
  }
}

const byOrder = (key: string, by: string): string => `
  SELECT ${key} AS key, ${by === 'store' ? `max(o.facts->>'storeName')` : 'NULL'} AS name, o.currency,
    CASE WHEN sum(g.known) > 0 THEN COALESCE(sum(g.goods), 0)::float8 END AS "goodsCents", sum(o.total_cents)::float8 AS "totalCents",
    sum((o.facts->>'refundCents')::integer)::float8 AS "refundCents", count(*)::int AS orders,
    (count(*) FILTER (WHERE o.total_cents IS NULL))::int AS "ordersWithoutTotal",
    COALESCE(sum(g.unknown), 0)::int AS "linesWithoutPrice"
  FROM orders o CROSS JOIN LATERAL (
    SELECT sum(l.line_cents) FILTER (WHERE ${CHARGED}) AS goods, count(*) FILTER (WHERE ${UNKNOWN}) AS unknown,
      count(*) FILTER (WHERE ${KNOWN}) AS known
    FROM order_lines l WHERE l.order_id = o.id) g
  WHERE ${WITHIN} GROUP BY 1, o.currency ORDER BY 1 NULLS LAST, o.currency`;

const BY_GROUP = `
  SELECT p.food_group AS key, NULL AS name, o.currency,
    (sum(l.line_cents) FILTER (WHERE ${CHARGED}))::float8 AS "goodsCents", NULL AS "totalCents", NULL AS "refundCents",
    count(DISTINCT o.id)::int AS orders, 0 AS "ordersWithoutTotal", (count(*) FILTER (WHERE ${UNKNOWN}))::int AS "linesWithoutPrice"
  FROM orders o JOIN order_lines l ON l.order_id = o.id LEFT JOIN products p ON p.id = l.product_id
  WHERE ${WITHIN} AND (${CHARGED} OR ${UNKNOWN})
  GROUP BY 1, o.currency ORDER BY 1 NULLS LAST, o.currency`;
