import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../../platform/database/database.js';
import type { Decided, Joined } from './deciding/grouping.js';

/** A product as a decision knows it again. */
export interface KnownAs {
  retailer: string;
  keys: string[];
}

export interface Alike {
  id: string;
  name: string;
  gtin: string | null;
  stem: string;
}

/** A decision is found again by the product that has the most of its keys. */
const byKeys = (side: 'one' | 'other') => `(SELECT k.product_id FROM product_keys k
  WHERE k.tenant_id = d.tenant_id AND k.retailer = d.${side}->>'retailer'
    AND k.key IN (SELECT jsonb_array_elements_text(d.${side}->'keys'))
  GROUP BY k.product_id ORDER BY count(*) DESC, k.product_id LIMIT 1)`;

/** Which products are one. Every statement names the tenant: the background role sees all. */
@Injectable()
export class JoinsRepository {
  /** Products that share their code, or the words of their name, with another. */
  alike(tx: Tx, tenantId: string): Promise<Alike[]> {
    return tx.query(
      `SELECT id, name, gtin, stem FROM (
         SELECT id, name, gtin, stem, count(*) OVER (PARTITION BY gtin) AS coded, count(*) OVER (PARTITION BY stem) AS named
         FROM products WHERE tenant_id = $1) p
       WHERE (gtin IS NOT NULL AND coded > 1) OR (stem <> '' AND named > 1) ORDER BY id`,
      [tenantId],
    );
  }

  /** Newest first, as far as both products are there. */
  decided(tx: Tx, tenantId: string): Promise<Decided[]> {
    return tx.query(
      `SELECT kind, one, other FROM (
         SELECT d.id, d.kind, ${byKeys('one')} AS one, ${byKeys('other')} AS other FROM product_decisions d WHERE d.tenant_id = $1) x
       WHERE one IS NOT NULL AND other IS NOT NULL ORDER BY id DESC`,
      [tenantId],
    );
  }

  async decide(
    tx: Tx,
    tenantId: string,
    { id, kind, one, other }: { id: string; kind: Decided['kind']; one: KnownAs; other: KnownAs },
  ): Promise<void> {
    await tx.query('INSERT INTO product_decisions (id, tenant_id, kind, one, other) VALUES ($2, $1, $3, $4, $5)', [
      tenantId,
      id,
      kind,
      JSON.stringify(one),
      JSON.stringify(other),
    ]);
  }

  /** In place of all there were; rows that stay as they are are not written. */
  async put(tx: Tx, tenantId: string, joined: readonly Joined[]): Promise<void> {
    const rows = JSON.stringify(joined);
    const input = `jsonb_to_recordset($2) AS x("productId" text, "into" text, "how" text, "confidence" real)`;
    await tx.query(
      `DELETE FROM product_joins j WHERE tenant_id = $1 AND NOT EXISTS (SELECT FROM ${input} WHERE x."productId" = j.product_id)`,
      [tenantId, rows],
    );
    await tx.query(
      `INSERT INTO product_joins AS j (product_id, tenant_id, into_id, how, confidence)
       SELECT "productId", $1, "into", "how", "confidence" FROM ${input}
       ON CONFLICT (product_id) DO UPDATE SET into_id = excluded.into_id, how = excluded.how, confidence = excluded.confidence
       WHERE (j.into_id, j.how, j.confidence) IS DISTINCT FROM (excluded.into_id, excluded.how, excluded.confidence)`,
      [tenantId, rows],
    );
  }

  /** The product with its keys, and the ids of all that it is joined with. */
  async known(tx: Tx, tenantId: string, id: string): Promise<(KnownAs & { joined: string[] }) | null> {
    const [row] = await tx.query<KnownAs & { joined: string[] }>(
      `SELECT p.retailer, ARRAY(SELECT key FROM product_keys k WHERE k.product_id = p.id ORDER BY key) AS keys,
         ARRAY(SELECT q.id FROM products q LEFT JOIN product_joins k ON k.product_id = q.id
           WHERE q.tenant_id = $1 AND q.id <> p.id AND COALESCE(k.into_id, q.id) = COALESCE(j.into_id, p.id)
             AND (k.into_id IS NOT NULL OR q.id = j.into_id)) AS joined
       FROM products p LEFT JOIN product_joins j ON j.product_id = p.id WHERE p.tenant_id = $1 AND p.id = $2`,
      [tenantId, id],
    );
    return row ?? null;
  }
}
