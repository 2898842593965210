import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { StoredRequest } from '../routing.repository.js';
import type { Confirmation } from './confirmation.dto.js';
import { TOKEN_MINUTES } from './confirmation-tokens.js';

/** One that claimed a route and fell silent (a killed process) keeps it no longer than this; asking again takes less. */
const CLAIM_SECONDS = 30;

export interface ConfirmationRow {
  key: string;
  fingerprint: string;
  /** Null while it is being made. */
  confirmation: Confirmation | null;
}

/** One row for each route that is, or is being, confirmed: its key is what makes a confirmation happen once. */
@Injectable()
export class ConfirmationsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: string, routeId: string): Promise<ConfirmationRow | null> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<ConfirmationRow>(
        'SELECT idempotency_key AS key, fingerprint, confirmation FROM confirmations WHERE route_id = $1',
        [routeId],
      ),
    );
    return row ?? null;
  }

  /** Takes the route for `claim` and answers what to ask for; null when it is taken or confirmed, or its token has expired. */
  async claim(
    tenantId: string,
    routeId: string,
    by: { claim: string; key: string; fingerprint: string },
  ): Promise<StoredRequest | null> {
    const [row] = await this.database.tenantOne(tenantId, (tx) =>
      tx.query<{ request: StoredRequest }>(
        `WITH route AS (
           SELECT id, tenant_id, request FROM routes
           WHERE id = $1 AND closed_at > clock_timestamp() - make_interval(mins => ${TOKEN_MINUTES})
         ), claimed AS (
           INSERT INTO confirmations AS c (route_id, tenant_id, claim, idempotency_key, fingerprint)
           SELECT id, tenant_id, $2, $3, $4 FROM route
           ON CONFLICT (route_id) DO UPDATE SET claim = excluded.claim, idempotency_key = excluded.idempotency_key,
             fingerprint = excluded.fingerprint, claimed_at = clock_timestamp()
           WHERE c.confirmation IS NULL AND c.claimed_at < clock_timestamp() - make_interval(secs => ${CLAIM_SECONDS})
           RETURNING route_id
         )
         SELECT request FROM route JOIN claimed ON route_id = id`,
        [routeId, by.claim, by.key, by.fingerprint],
      ),
    );
    return row?.request ?? null;
  }

  /** Lets a route go that was not confirmed after all. */
  async release(tenantId: string, routeId: string, claim: string): Promise<void> {
    await this.database.tenantOne(tenantId, (tx) =>
      tx.query('DELETE FROM confirmations WHERE route_id = $1 AND claim = $2 AND confirmation IS NULL', [
        routeId,
        claim,
      ]),
    );
  }

  /** Keeps what was agreed, as of the database's clock; null when another took the route over meanwhile. */
  async confirm(tx: Tx, claim: string, confirmation: Omit<Confirmation, 'confirmedAt'>): Promise<Confirmation | null> {
    const [row] = await tx.query<{ confirmation: Confirmation }>(
      `UPDATE confirmations SET confirmation = $3::jsonb || jsonb_build_object('confirmedAt',
         to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
       WHERE route_id = $1 AND claim = $2 AND confirmation IS NULL RETURNING confirmation`,
      [confirmation.routeId, claim, JSON.stringify(confirmation)],
    );
    return row?.confirmation ?? null;
  }
}
