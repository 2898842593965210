import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { ExportedPrice } from '../exported-price.js';

const PAGE = 1000;

/** All that is kept of a tenant's prices, to be handed out or taken away. */
@Injectable()
export class PriceExports {
  constructor(private readonly database: Database) {}

  async *all(tenantId: string): AsyncGenerator<ExportedPrice[]> {
    const watches = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<ExportedPrice>(
        `SELECT 'price_watch' AS sort, id, asked, to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "createdAt"
         FROM price_watches ORDER BY id`,
      ),
    );
    if (watches.length > 0) yield watches;
    let place = ['', '-infinity', '', '', ''];
    for (;;) {
      const rows = await this.database.tenantOne(tenantId, (tx) =>
        tx.query<Extract<ExportedPrice, { sort: 'price' }>>(
          `SELECT 'price' AS sort, o.id, o.product_key AS product, p.name, o.store_key AS store, o.kind,
             o.observed_on::text AS "observedOn", to_char(o.last_seen AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "lastSeen",
             o.price_cents AS cents, o.currency, o.amount, o.unit, o.source, o.source_ref AS "sourceRef"
           FROM price_observations o LEFT JOIN priced_products p ON p.tenant_id = o.tenant_id AND p.key = o.product_key
           WHERE (o.product_key, o.observed_on, o.kind, o.store_key, o.source_ref) > ($1, $2::date, $3, $4, $5)
           ORDER BY o.product_key, o.observed_on, o.kind, o.store_key, o.source_ref LIMIT ${PAGE}`,
          place,
        ),
      );
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      place = [last.product, last.observedOn, last.kind, last.store, last.sourceRef];
    }
  }

  async count(tx: Tx, tenantId: string): Promise<{ observations: number; watches: number }> {
    const [row] = await tx.query<{ observations: number; watches: number }>(
      `SELECT (SELECT count(*)::int FROM price_observations WHERE tenant_id = $1) AS observations,
         (SELECT count(*)::int FROM price_watches WHERE tenant_id = $1) AS watches`,
      [tenantId],
    );
    return row!;
  }

  /** Their states go with them. */
  async eraseWatches(tx: Tx, tenantId: string): Promise<number> {
    return (await tx.query('DELETE FROM price_watches WHERE tenant_id = $1 RETURNING 1', [tenantId])).length;
  }
}
