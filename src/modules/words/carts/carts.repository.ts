import { Injectable } from '@nestjs/common';
import { kindNamed } from '../../../operations/catalogue.js';
import { close, type Closing } from '../../../operations/closing.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { CartRow } from './cart.resource.js';
import type { ListCarts } from './carts.dto.js';
import type { CartState } from './deciding/cart-state.js';

const COLUMNS = `id, tenant_id AS "tenantId", status, asked, follows, state, reference, metadata, traceparent, created_at AS "createdAt",
  deadline_at AS "deadlineAt", started_at AS "startedAt", closed_at AS "closedAt", clock_timestamp() AS now`;

@Injectable()
export class CartsRepository {
  constructor(private readonly database: Database) {}

  async find(tx: Tx, id: string): Promise<CartRow | null> {
    const [row] = await tx.query<CartRow>(`SELECT ${COLUMNS} FROM carts WHERE id = $1`, [id]);
    return row ?? null;
  }

  list(tx: Tx, { limit, cursor, status }: ListCarts): Promise<CartRow[]> {
    return tx.query<CartRow>(
      `SELECT ${COLUMNS} FROM carts WHERE ($2::text IS NULL OR id < $2) AND ($3::text IS NULL OR status = $3)
       ORDER BY id DESC LIMIT $1`,
      [limit + 1, cursor ?? null, status ?? null],
    );
  }

  /** Marks an open cart as begun. Null when it is closed, overdue or not this tenant's. */
  async pickUp(tenantId: string, id: string): Promise<CartRow | null> {
    const [row] = await this.database.query<CartRow>(
      `UPDATE carts SET started_at = clock_timestamp()
       WHERE id = $2 AND tenant_id = $1 AND status = 'open' AND deadline_at > clock_timestamp() RETURNING ${COLUMNS}`,
      [tenantId, id],
    );
    return row ?? null;
  }

  /** Those of `ids` that are open, as of now on the database's clock. */
  open(tx: Tx, ids: readonly string[]): Promise<CartRow[]> {
    return tx.query(`SELECT ${COLUMNS} FROM carts WHERE id = ANY ($1) AND status = 'open'`, [ids]);
  }

  /** Answers whether this call closed it. */
  async close(tx: Tx, closing: Closing): Promise<boolean> {
    const closed = await close(tx, kindNamed('cart'), { columns: { state: 'jsonb' } }, [closing]);
    return closed.length > 0;
  }

  /** Marks a cart as routed, the first time. */
  async routed(tx: Tx, id: string): Promise<void> {
    await tx.query('UPDATE carts SET routed_at = COALESCE(routed_at, clock_timestamp()) WHERE id = $1', [id]);
  }

  /** A later state in the place of the one of `version`; null when another change came first. */
  async change(tx: Tx, id: string, version: number, status: string, state: CartState): Promise<CartRow | null> {
    const [row] = await tx.query<CartRow>(
      `UPDATE carts SET state = $4, status = $3, sequence = sequence + 1
       WHERE id = $1 AND (state->>'version')::int = $2 AND status IN ('ready', 'needs_input') RETURNING ${COLUMNS}`,
      [id, version, status, JSON.stringify(state)],
    );
    return row ?? null;
  }
}
