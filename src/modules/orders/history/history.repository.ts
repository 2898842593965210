import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database/database.js';
import type { LinesAre, ReadLine, ReadOrder } from '../reading/reading.js';
import type { KnownProduct } from './known-products.js';

/** An order by its number at a retailer. */
export interface OrderKey {
  retailer: string;
  numberKey: string;
}
export interface StoredSource extends OrderKey {
  format: string;
  hash: string;
  account: ReadOrder;
}
/** With what it is searched, joined and grouped by. */
interface NewProduct extends Omit<KnownProduct, 'keys'> {
  trigrams: string[];
  stem: string;
  foodGroup: string | null;
}
interface StoredOrder extends OrderKey {
  id: string;
  hash: string;
  orderedOn: string | null;
}
export interface NewOrder extends OrderKey {
  id: string;
  orderedOn: string | null;
  storeNumber: string | null;
  currency: string;
  totalCents: number | null;
  reconciled: string;
  facts: Readonly<Record<string, unknown>> & { linesAre: LinesAre };
  hash: string;
}
export interface NewLine {
  orderId: string;
  position: number;
  productId: string | null;
  state: string | null;
  lineCents: number | null;
  facts: ReadLine;
}

const KEYS = `(retailer, number_key) IN (SELECT "retailer", "numberKey" FROM jsonb_to_recordset($2) AS k("retailer" text, "numberKey" text))`;

/** What of a tenant's history changes in one transaction. Every statement names the tenant: the background role sees all. */
@Injectable()
export class HistoryRepository {
  /** One change of a history at a time; false while another holds it. */
  async lock(tx: Tx, tenantId: string): Promise<boolean> {
    const [row] = await tx.query<{ locked: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('history ' || $1, 0)) AS locked`,
      [tenantId],
    );
    return row!.locked;
  }

  sources(tx: Tx, tenantId: string, keys: readonly OrderKey[]): Promise<StoredSource[]> {
    return tx.query(
      `SELECT retailer, number_key AS "numberKey", format, hash, account FROM order_sources WHERE tenant_id = $1 AND ${KEYS}`,
      [tenantId, JSON.stringify(keys)],
    );
  }

  orders(tx: Tx, tenantId: string, keys: readonly OrderKey[]): Promise<StoredOrder[]> {
    return tx.query(
      `SELECT id, retailer, number_key AS "numberKey", hash, ordered_on::text AS "orderedOn" FROM orders WHERE tenant_id = $1 AND ${KEYS}`,
      [tenantId, JSON.stringify(keys)],
    );
  }

  /** An account that was there keeps its row, and is this import's too. */
  async addSources(tx: Tx, tenantId: string, importId: string, sources: readonly StoredSource[]): Promise<void> {
    await tx.query(
      `INSERT INTO order_sources AS s (tenant_id, retailer, number_key, format, hash, import_ids, account)
       SELECT $1, "retailer", "numberKey", "format", "hash", ARRAY[$2], "account"
       FROM jsonb_to_recordset($3) AS x("retailer" text, "numberKey" text, "format" text, "hash" text, "account" jsonb)
       ON CONFLICT (tenant_id, retailer, number_key, format, hash)
       DO UPDATE SET import_ids = array_append(s.import_ids, $2) WHERE NOT $2 = ANY (s.import_ids)`,
      [tenantId, importId, JSON.stringify(sources)],
    );
  }

  /** Takes an import's name from its accounts, and those away that no other brought, which it answers. */
  async removeSources(tx: Tx, tenantId: string, importId: string): Promise<StoredSource[]> {
    await tx.query(
      `UPDATE order_sources SET import_ids = array_remove(import_ids, $2)
       WHERE tenant_id = $1 AND import_ids @> ARRAY[$2] AND cardinality(import_ids) > 1`,
      [tenantId, importId],
    );
    return tx.query(
      `DELETE FROM order_sources WHERE tenant_id = $1 AND import_ids = ARRAY[$2]
       RETURNING retailer, number_key AS "numberKey", format, hash, account`,
      [tenantId, importId],
    );
  }

  /** Keys of accounts that name no order. */
  candidates(tx: Tx, tenantId: string): Promise<OrderKey[]> {
    return tx.query(
      `SELECT DISTINCT retailer, number_key AS "numberKey" FROM order_sources WHERE tenant_id = $1 AND number_key LIKE 'day-%'`,
      [tenantId],
    );
  }

  ordersOn(tx: Tx, tenantId: string, days: readonly { retailer: string; orderedOn: string }[]): Promise<OrderKey[]> {
    return tx.query(
      `SELECT retailer, number_key AS "numberKey" FROM orders WHERE tenant_id = $1 AND (retailer, ordered_on) IN (
         SELECT "retailer", "orderedOn" FROM jsonb_to_recordset($2) AS d("retailer" text, "orderedOn" date))`,
      [tenantId, JSON.stringify(days)],
    );
  }

  /** The ten orders with the most lines of products that have these keys. */
  ordersWith(tx: Tx, tenantId: string, retailer: string, productKeys: readonly string[]): Promise<OrderKey[]> {
    return tx.query(
      `SELECT o.retailer, o.number_key AS "numberKey" FROM order_lines l JOIN orders o ON o.id = l.order_id
       WHERE l.product_id IN (SELECT product_id FROM product_keys WHERE tenant_id = $1 AND retailer = $2 AND key = ANY ($3))
         AND o.tenant_id = $1
       GROUP BY o.id ORDER BY count(*) DESC, o.id LIMIT 10`,
      [tenantId, retailer, productKeys],
    );
  }

  async putOrders(tx: Tx, tenantId: string, orders: readonly NewOrder[]): Promise<void> {
    await tx.query(
      `INSERT INTO orders (id, tenant_id, retailer, number_key, ordered_on, store_number, currency, total_cents, reconciled, facts, hash)
       SELECT "id", $1, "retailer", "numberKey", "orderedOn", "storeNumber", "currency", "totalCents", "reconciled", "facts", "hash"
       FROM jsonb_to_recordset($2) AS x("id" text, "retailer" text, "numberKey" text, "orderedOn" date, "storeNumber" text,
         "currency" text, "totalCents" integer, "reconciled" text, "facts" jsonb, "hash" text)
       ON CONFLICT (id) DO UPDATE SET ordered_on = excluded.ordered_on, store_number = excluded.store_number,
         currency = excluded.currency, total_cents = excluded.total_cents, reconciled = excluded.reconciled,
         facts = excluded.facts, hash = excluded.hash, updated_at = clock_timestamp()`,
      [tenantId, JSON.stringify(orders)],
    );
  }

  async putLines(tx: Tx, tenantId: string, orderIds: readonly string[], lines: readonly NewLine[]): Promise<void> {
    await tx.query('DELETE FROM order_lines WHERE tenant_id = $1 AND order_id = ANY ($2)', [tenantId, orderIds]);
    await tx.query(
      `INSERT INTO order_lines (order_id, position, tenant_id, product_id, state, line_cents, facts)
       SELECT "orderId", "position", $1, "productId", "state", "lineCents", "facts"
       FROM jsonb_to_recordset($2) AS x("orderId" text, "position" integer, "productId" text, "state" text, "lineCents" integer,
         "facts" jsonb)`,
      [tenantId, JSON.stringify(lines)],
    );
  }

  async removeOrders(tx: Tx, tenantId: string, orderIds: readonly string[]): Promise<void> {
    await tx.query('DELETE FROM orders WHERE tenant_id = $1 AND id = ANY ($2)', [tenantId, orderIds]);
  }

  /** Products that have one of these keys, with all their keys. The keys come as rows: a list of thousands is compared one by one. */
  async products(tx: Tx, tenantId: string, retailer: string, keys: readonly string[]): Promise<KnownProduct[]> {
    const rows = await tx.query<Omit<KnownProduct, 'keys'> & { keys: string[] }>(
      `SELECT p.id, p.name, p.is_named AS "isNamed", p.size, p.gtin,
         ARRAY(SELECT k.key FROM product_keys k WHERE k.product_id = p.id) AS keys
       FROM products p WHERE p.tenant_id = $1 AND p.id IN (
         SELECT k.product_id FROM unnest($3::text[]) AS asked(key)
           JOIN product_keys k ON k.tenant_id = $1 AND k.retailer = $2 AND k.key = asked.key)`,
      [tenantId, retailer, keys],
    );
    return rows.map((row) => ({ ...row, keys: new Set(row.keys) }));
  }

  async putProducts(tx: Tx, tenantId: string, retailer: string, products: readonly NewProduct[]): Promise<void> {
    await tx.query(
      `INSERT INTO products (id, tenant_id, retailer, name, size, gtin, is_named, trigrams, stem, food_group)
       SELECT "id", $1, $2, "name", "size", "gtin", "isNamed", "trigrams", "stem", "foodGroup"
       FROM jsonb_to_recordset($3) AS x("id" text, "name" text, "size" text, "gtin" text, "isNamed" boolean, "trigrams" text[],
         "stem" text, "foodGroup" text)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, gtin = excluded.gtin, is_named = excluded.is_named,
         trigrams = excluded.trigrams, stem = excluded.stem, food_group = excluded.food_group`,
      [tenantId, retailer, JSON.stringify(products)],
    );
  }

  async putKeys(
    tx: Tx,
    tenantId: string,
    retailer: string,
    keys: readonly { key: string; productId: string }[],
  ): Promise<void> {
    await tx.query(
      `INSERT INTO product_keys (tenant_id, retailer, key, product_id)
       SELECT $1, $2, "key", "productId" FROM jsonb_to_recordset($3) AS x("key" text, "productId" text)
       ON CONFLICT (tenant_id, retailer, key) DO UPDATE SET product_id = excluded.product_id`,
      [tenantId, retailer, JSON.stringify(keys)],
    );
  }

  /** What was one product and turned out to be another goes over to it, lines and keys. */
  async joinProducts(tx: Tx, tenantId: string, pairs: readonly { from: string; to: string }[]): Promise<void> {
    const input = `(SELECT "from", "to" FROM jsonb_to_recordset($2) AS x("from" text, "to" text)) j`;
    const params = [tenantId, JSON.stringify(pairs)];
    for (const table of ['order_lines', 'product_keys']) {
      await tx.query(
        `UPDATE ${table} t SET product_id = j."to" FROM ${input} WHERE t.tenant_id = $1 AND t.product_id = j."from"`,
        params,
      );
    }
    await tx.query(`DELETE FROM products p USING ${input} WHERE p.tenant_id = $1 AND p.id = j."from"`, params);
  }

  /** Forgets products that no line names any more, and answers which. */
  async forgetProducts(tx: Tx, tenantId: string): Promise<string[]> {
    const gone = await tx.query<{ id: string }>(
      `DELETE FROM products p WHERE tenant_id = $1
         AND NOT EXISTS (SELECT FROM order_lines l WHERE l.product_id = p.id) RETURNING id`,
      [tenantId],
    );
    return gone.map(({ id }) => id);
  }
}
