import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../../platform/database/database.js';
import type { Exported } from './deciding/csv-row.js';

const PAGE = 500;
const at = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** One page each, after `place`, which is as many texts as there are `$`; the last column of each row is its place. */
const PAGES: readonly { places: number; sql: string }[] = [
  {
    places: 1,
    sql: `SELECT 'import' AS sort, id, status, sha256, asked - 'files' AS asked, outcome, reference, metadata, ${at('created_at')} AS "createdAt",
        ${at('closed_at')} AS "closedAt", ${at('undone_at')} AS "undoneAt", ARRAY[id] AS place
      FROM imports WHERE id > $1 ORDER BY id LIMIT ${PAGE}`,
  },
  {
    places: 1,
    sql: `SELECT 'order' AS sort, id, retailer, number_key AS number, ordered_on::text AS day, store_number AS store,
        total_cents AS cents, currency, reconciled, facts, ARRAY[id] AS place
      FROM orders WHERE id > $1 ORDER BY id LIMIT ${PAGE}`,
  },
  {
    places: 2,
    sql: `SELECT 'line' AS sort, l.order_id || '/' || l.position AS id, l.order_id AS of, l.product_id AS "productId", o.retailer,
        o.number_key AS number, o.ordered_on::text AS day, o.store_number AS store, l.facts->>'name' AS name, l.facts->>'size' AS size,
        (l.facts->>'quantity')::float8 AS quantity, l.line_cents AS cents, o.currency, l.state, l.position, l.facts,
        ARRAY[l.order_id, l.position::text] AS place
      FROM order_lines l JOIN orders o ON o.id = l.order_id
      WHERE (l.order_id, l.position) > ($1, COALESCE(NULLIF($2, '')::integer, 0)) ORDER BY l.order_id, l.position LIMIT ${PAGE}`,
  },
  {
    places: 4,
    sql: `SELECT 'source' AS sort, retailer, number_key AS number, format, hash, import_ids AS "importIds", account,
        ARRAY[retailer, number_key, format, hash] AS place
      FROM order_sources WHERE (retailer, number_key, format, hash) > ($1, $2, $3, $4)
      ORDER BY retailer, number_key, format, hash LIMIT ${PAGE}`,
  },
  {
    places: 1,
    sql: `SELECT 'product' AS sort, p.id, p.retailer, p.name, p.size, p.gtin, p.is_named AS "isNamed", p.food_group AS "foodGroup",
        ARRAY(SELECT key FROM product_keys k WHERE k.product_id = p.id ORDER BY key) AS keys, j.into_id AS of, j.how,
        round(j.confidence::numeric, 3)::float8 AS confidence, ARRAY[p.id] AS place
      FROM products p LEFT JOIN product_joins j ON j.product_id = p.id WHERE p.id > $1 ORDER BY p.id LIMIT ${PAGE}`,
  },
  {
    places: 1,
    sql: `SELECT 'decision' AS sort, id, kind, one, other, ${at('created_at')} AS "createdAt", ARRAY[id] AS place
      FROM product_decisions WHERE id > $1 ORDER BY id LIMIT ${PAGE}`,
  },
];

/** How much there is of each. */
export interface Kept {
  imports: number;
  orders: number;
  lines: number;
  sources: number;
  products: number;
  decisions: number;
}

/** All of a tenant's history, to be handed out or taken away. */
@Injectable()
export class KeepingRepository {
  constructor(private readonly database: Database) {}

  async *all(tenantId: string): AsyncGenerator<Exported[]> {
    for (const { places, sql } of PAGES) {
      let place: readonly string[] = Array.from({ length: places }, () => '');
      for (let isMore = true; isMore;) {
        const rows = await this.database.tenantOne(tenantId, (tx) =>
          tx.query<Exported & { place: string[] }>(sql, place),
        );
        yield rows.map((row): Exported => {
          const { place: _, ...told } = row;
          return told;
        });
        isMore = rows.length === PAGE;
        place = rows.at(-1)?.place ?? place;
      }
    }
  }

  async count(tx: Tx, tenantId: string): Promise<Kept> {
    const of = (table: string) => `(SELECT count(*)::int FROM ${table} WHERE tenant_id = $1)`;
    const [row] = await tx.query<Kept>(
      `SELECT ${of('imports')} AS imports, ${of('orders')} AS orders, ${of('order_lines')} AS lines, ${of('order_sources')} AS sources,
         ${of('products')} AS products, ${of('product_decisions')} AS decisions`,
      [tenantId],
    );
    return row!;
  }

  /** Everything of a tenant, in the caller's transaction; answers the ids of its imports. */
  async erase(tx: Tx, tenantId: string): Promise<string[]> {
    const own = (table: string) => tx.query(`DELETE FROM ${table} WHERE tenant_id = $1`, [tenantId]);
    for (const table of ['order_lines', 'order_sources', 'orders', 'product_joins', 'product_decisions'])
      await own(table);
    for (const table of ['product_keys', 'products']) await own(table);
    // What is coming at the moment is of an import that is not accepted yet.
    await tx.query(
      `DELETE FROM import_chunks WHERE tenant_id = $1 AND (created_at < clock_timestamp() - interval '1 minute'
         OR import_id IN (SELECT id FROM imports WHERE tenant_id = $1))`,
      [tenantId],
    );
    const gone = await tx.query<{ id: string }>('DELETE FROM imports WHERE tenant_id = $1 RETURNING id', [tenantId]);
    return gone.map(({ id }) => id);
  }
}
