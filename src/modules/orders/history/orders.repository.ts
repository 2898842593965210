import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { ReadLine } from '../reading/reading.js';
import type { ListOrders, OrderList, OrderResource } from './history.dto.js';

/** What callers ask of their orders and products. */
@Injectable()
export class OrdersRepository {
  constructor(private readonly database: Database) {}

  /** Newest first; those of a day that is not known come last. One more than `limit`, to tell whether there is another page. */
  list(tenantId: string, query: ListOrders): Promise<OrderList['data']> {
    const [day = null, id = null] = query.cursor ? splitCursor(query.cursor) : [];
    return this.database.tenantOne(tenantId, (tx) =>
      tx.query(
        `SELECT o.id, o.retailer, o.number_key AS number, o.ordered_on::text AS "orderedOn", o.store_number AS "storeNumber",
           o.facts->>'channel' AS channel, o.currency, o.total_cents AS "totalCents", o.reconciled,
           (SELECT count(*)::int FROM order_lines l WHERE l.order_id = o.id) AS lines
         FROM orders o
         WHERE ($2::text IS NULL OR (COALESCE(o.ordered_on, '-infinity'), o.id) < (COALESCE(NULLIF($3, 'none')::date, '-infinity'), $2))
           AND ($4::text IS NULL OR o.retailer = $4) AND ($5::text IS NULL OR o.store_number = $5)
           AND ($6::date IS NULL OR o.ordered_on >= $6) AND ($7::date IS NULL OR o.ordered_on <= $7)
           AND ($8::text IS NULL OR EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.id AND l.product_id = $8))
           AND ($9::text IS NULL OR EXISTS (
             SELECT FROM order_lines l WHERE l.order_id = o.id AND strpos(lower(l.facts->>'name'), lower($9)) > 0))
         ORDER BY COALESCE(o.ordered_on, '-infinity') DESC, o.id DESC LIMIT $1`,
        [
          query.limit + 1,
          id,
          day,
          query.retailer ?? null,
          query.store ?? null,
          query.from ?? null,
          query.to ?? null,
          query.product ?? null,
          query.q ?? null,
        ],
      ),
    );
  }

  async find(tenantId: string, id: string): Promise<OrderResource | null> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<{ id: string; retailer: string; number: string; facts: object; lines: StoredLine[] }>(
        `SELECT o.id, o.retailer, o.number_key AS number, o.facts,
           (SELECT COALESCE(jsonb_agg(jsonb_build_object('position', l.position, 'productId', l.product_id, 'facts', l.facts)
              ORDER BY l.position), '[]') FROM order_lines l WHERE l.order_id = o.id) AS lines
         FROM orders o WHERE o.id = $1`,
        [id],
      ),
    );
    if (!row) return null;
    const { facts, lines, ...order } = row;
    return { ...facts, ...order, lines: lines.map(lineOf) } as OrderResource;
  }
}

interface StoredLine {
  position: number;
  productId: string | null;
  facts: ReadLine;
}

/** What is kept for merging alone is not told. */
function lineOf({ position, productId, facts }: StoredLine): OrderResource['lines'][number] {
  const { isCut: _, externalId: __, orderedCents: ___, ...told } = facts;
  return { position, productId, ...told };
}

const splitCursor = (cursor: string): [day: string, id: string] => [
  cursor.slice(0, cursor.indexOf('_')),
  cursor.slice(cursor.indexOf('_') + 1),
];
