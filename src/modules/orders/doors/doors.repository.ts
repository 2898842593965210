import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

/** A product with what was last paid for one, or for one unit of what was weighed. */
export interface KnownAtDoors {
  id: string;
  walmartId: string | null;
  name: string;
  size: string | null;
  paid: { cents: number; unit: string | null; currency: string; on: string; store: string | null } | null;
}

const FOUND = `SELECT p.id, p.name, p.size,
    (SELECT substr(key, 4) FROM product_keys k WHERE k.product_id = p.id AND key LIKE 'us:%' ORDER BY key LIMIT 1) AS "walmartId",
    (SELECT jsonb_build_object('cents', COALESCE((l.facts->>'unitCents')::numeric, l.line_cents / (l.facts->>'quantity')::numeric),
        'unit', l.facts->'measure'->>'unit', 'currency', o.currency, 'on', o.ordered_on,
        'store', o.retailer || COALESCE('/' || o.store_number, ''))
     FROM order_lines l JOIN orders o ON o.id = l.order_id
     WHERE l.product_id = p.id AND l.line_cents > 0 AND o.facts->>'linesAre' = 'charged' AND o.ordered_on IS NOT NULL
       AND (l.state IS NULL OR l.state IN ('bought', 'substituted'))
       AND (l.facts->>'unitCents' IS NOT NULL OR ((l.facts->>'quantity')::numeric > 0 AND l.facts->'measure'->>'unit' IS NULL))
     ORDER BY o.ordered_on DESC, o.id DESC LIMIT 1) AS paid
  FROM products p`;

/** What the former doors ask of the history, which is Walmart's there. */
@Injectable()
export class DoorsRepository {
  constructor(private readonly database: Database) {}

  async counts(tenantId: string): Promise<{ orders: number; products: number }> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<{ orders: number; products: number }>(
        `SELECT (SELECT count(*)::int FROM orders WHERE retailer = 'walmart') AS orders,
           (SELECT count(*)::int FROM products WHERE retailer = 'walmart') AS products`,
      ),
    );
    return row!;
  }

  /** By our own ids or the shop's; `asked` says which. */
  byIds(tenantId: string, ids: readonly string[]): Promise<(KnownAtDoors & { asked: string })[]> {
    return this.database.tenantOne(tenantId, (tx) =>
      tx.query(
        `SELECT f.*, asked FROM unnest($1::text[]) asked JOIN LATERAL (${FOUND} WHERE p.id = COALESCE(
           (SELECT product_id FROM product_keys WHERE retailer = 'walmart' AND key = 'us:' || asked LIMIT 1), asked)) f ON true`,
        [ids],
      ),
    );
  }

  /** The id of an order by ours or by its number. */
  async orderId(tenantId: string, id: string): Promise<string | null> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<{ id: string }>(
        `SELECT id FROM orders WHERE retailer = 'walmart' AND (id = $1 OR number_key = replace($1, '-', '')) LIMIT 1`,
        [id],
      ),
    );
    return row?.id ?? null;
  }

  async isThere(): Promise<boolean> {
    return this.database.query('SELECT 1').then(
      () => true,
      () => false, // which is the answer
    );
  }
}
