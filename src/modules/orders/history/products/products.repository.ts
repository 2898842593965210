import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database/database.js';
import { trigramsOf } from '../known-products.js';
import type { ProductList, ProductResource, SearchProducts } from './products.dto.js';

type Listed = ProductList['data'][number];
type Own = Omit<ProductResource, 'boughtCents' | 'rhythm'> & { days: string[] };

const COLUMNS = `p.id, p.retailer, p.name, p.is_named AS "isNamed", p.size, p.gtin, p.food_group AS "foodGroup"`;
/** Of what is as frequent as a single letter, the shortest of so many. */
const MOST_FOUND = 5000;
/** Of those that have the most words in common. */
const MOST_LIKELY = 40;
const MOST_DAYS = 400;

/** Lines for which something came and was kept. */
const KEPT = `(l.state IS NULL OR l.state IN ('bought', 'substituted'))`;

/** What callers ask of the products of their history. */
@Injectable()
export class ProductsRepository {
  constructor(private readonly database: Database) {}

  /** By all the words asked for, each as the beginning or a part of a word; the shortest names first. Without words, the newest. */
  async search(tenantId: string, { q, retailer, limit, cursor }: SearchProducts): Promise<Listed[]> {
    // The background role, which names the tenant itself: under a tenant's own no index of words is used.
    if (q !== undefined) {
      const searched = searchedBy(q);
      if (searched.length === 0) return [];
      return this.database.query(
        `SELECT ${COLUMNS} FROM (SELECT * FROM products WHERE tenant_id = $1 AND trigrams @> $3
           AND ($4::text IS NULL OR retailer = $4) LIMIT ${MOST_FOUND}) p
         ORDER BY length(p.name), p.id LIMIT $2`,
        [tenantId, limit + 1, searched, retailer ?? null],
      );
    }
    return this.database.query(
      `SELECT ${COLUMNS} FROM products p WHERE tenant_id = $1 AND ($3::text IS NULL OR id < $3)
         AND ($4::text IS NULL OR retailer = $4) ORDER BY id DESC LIMIT $2`,
      [tenantId, limit + 1, cursor ?? null, retailer ?? null],
    );
  }

  async find(tenantId: string, id: string): Promise<Own | null> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<Own>(
        `WITH first AS (SELECT COALESCE((SELECT into_id FROM product_joins WHERE product_id = $1), $1) AS id),
         members AS (SELECT id, NULL AS how, NULL::real AS confidence FROM first
           UNION ALL SELECT j.product_id, j.how, j.confidence FROM first JOIN product_joins j ON j.into_id = first.id)
         SELECT ${COLUMNS},
           ARRAY(SELECT key FROM product_keys k WHERE k.product_id = p.id ORDER BY key) AS keys, b.*,
           ARRAY(SELECT DISTINCT o.ordered_on::text FROM members m JOIN order_lines l ON l.product_id = m.id
             JOIN orders o ON o.id = l.order_id WHERE ${KEPT} AND o.ordered_on IS NOT NULL
             ORDER BY 1 DESC LIMIT ${MOST_DAYS}) AS days,
           (SELECT CASE WHEN count(*) = 1 THEN '[]' ELSE jsonb_agg(jsonb_build_object('id', q.id, 'retailer', q.retailer,
              'name', q.name, 'size', q.size, 'how', m.how, 'confidence', round(m.confidence::numeric, 3)) ORDER BY q.id) END
            FROM members m JOIN products q ON q.id = m.id) AS joined
         FROM products p CROSS JOIN LATERAL (
           SELECT count(DISTINCT o.id)::int AS orders, min(o.ordered_on)::text AS "firstOn", max(o.ordered_on)::text AS "lastOn",
             (SELECT COALESCE(jsonb_agg(jsonb_build_object('currency', c.currency, 'cents', c.cents) ORDER BY c.currency), '[]')
              FROM (SELECT o.currency, sum(l.line_cents)::float8 AS cents FROM order_lines l JOIN orders o ON o.id = l.order_id
                WHERE l.product_id = p.id AND l.line_cents IS NOT NULL GROUP BY o.currency) c) AS bought,
             (array_agg(COALESCE((l.facts->>'unitCents')::numeric,
               l.line_cents / NULLIF((l.facts->>'quantity')::numeric, 0)) ORDER BY o.ordered_on DESC NULLS LAST)
               FILTER (WHERE l.line_cents > 0))[1]::int AS "lastCents",
             (array_agg(o.currency ORDER BY o.ordered_on DESC NULLS LAST) FILTER (WHERE l.line_cents > 0))[1] AS "lastCurrency"
           FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l.product_id = p.id
         ) b WHERE p.id = $1`,
        [id],
      ),
    );
    return row ?? null;
  }

  /**
   * Products that have the word in their names, but for the product itself and those that are joined with it: those with the most words in
   * common with `stem`.
   */
  withWord(tenantId: string, id: string, word: string, stem: string): Promise<Listed[]> {
    return this.database.query(
      `SELECT ${COLUMNS} FROM (SELECT * FROM products WHERE tenant_id = $1 AND trigrams @> $3 LIMIT ${MOST_FOUND}) p
         LEFT JOIN product_joins j ON j.product_id = p.id
       WHERE p.id <> $2 AND COALESCE(j.into_id, p.id) <> COALESCE((SELECT into_id FROM product_joins WHERE product_id = $2), $2)
       ORDER BY cardinality(ARRAY(SELECT unnest(string_to_array(p.stem, ' ')) INTERSECT SELECT unnest($4::text[]))) DESC,
         length(p.name), p.id LIMIT ${MOST_LIKELY}`,
      [tenantId, id, searchedBy(word), stem.split(' ')],
    );
  }
}

/** The last word may go on. */
const searchedBy = (q: string): string[] => trigramsOf(q).filter((part) => !part.endsWith(' '));
