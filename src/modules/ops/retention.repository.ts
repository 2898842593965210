import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../common/clock.js';
import { idsSince } from '../../common/ids.js';
import { kinds, type Kind } from '../../operations/catalogue.js';
import { Database } from '../../platform/database/database.js';

const BATCH = 500;

/**
 * What is forgotten, each kind with all that is its own, in one statement. Ids begin with their time, so `$1`, the first id of what is
 * kept, finds the old in the primary key. What somebody still waits for is never old: what is open of any kind, events that are not on the
 * bus, messages that are still owed.
 */
const FORGET = {
  webhooks: {
    prefix: 'evt',
    sql: `WITH old AS (
        SELECT id FROM webhook_messages m WHERE id < $1
          AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.message_id = m.id AND d.status = 'pending')
        ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
      ), deliveries AS (
        DELETE FROM webhook_deliveries d USING old WHERE d.message_id = old.id RETURNING d.id
      ), attempts AS (
        DELETE FROM webhook_attempts a USING deliveries d WHERE a.delivery_id = d.id
      )
      DELETE FROM webhook_messages m USING old WHERE m.id = old.id RETURNING m.id`,
  },
  oneOffEndpoints: {
    prefix: 'ep',
    sql: `DELETE FROM webhook_endpoints WHERE id IN (
        SELECT id FROM webhook_endpoints e WHERE id < $1 AND subject IS NOT NULL
          AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.endpoint_id = e.id)
        ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
      ) RETURNING id`,
  },
  events: {
    prefix: 'evt',
    sql: `DELETE FROM events WHERE id IN (
        SELECT id FROM events WHERE id < $1 AND published_at IS NOT NULL ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
      ) RETURNING id`,
  },
  modelCalls: {
    prefix: 'aic',
    sql: `DELETE FROM ai_calls WHERE id IN (
        SELECT id FROM ai_calls WHERE id < $1 AND status <> 'reserved' ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
      ) RETURNING id`,
  },
  planErrors: {
    prefix: 'err',
    sql: `DELETE FROM error_logs WHERE id IN (
        SELECT id FROM error_logs WHERE id < $1 ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
      ) RETURNING id`,
  },
} as const;

/** A kind's closed ones with all that is their own; one that a later one follows is kept as long as that. */
const closedOf = ({ table, parts, follows }: Kind): string => `WITH old AS (
    SELECT id FROM ${table} o WHERE id < $1 AND status <> 'open'
      ${follows ? `AND NOT EXISTS (SELECT FROM ${table} later WHERE later.${follows} = o.id)` : ''}
    ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  )${Object.entries(parts)
    .map(([part, column]) => `, of_${part} AS (DELETE FROM ${part} p USING old WHERE p.${column} = old.id)`)
    .join('')}
  DELETE FROM ${table} o USING old WHERE o.id = old.id RETURNING o.id`;

@Injectable()
export class RetentionRepository {
  constructor(private readonly database: Database) {}

  /** One batch of each sort that is older than `days`, or than its own kind's days; answers whether there may be more. */
  async forget(days: number): Promise<boolean> {
    let more = false;
    for (const { prefix, sql } of Object.values(FORGET)) more = (await this.older(prefix, days, sql)) || more;
    for (const kind of kinds()) {
      more = (await this.older(kind.prefix, kind.keepDays ?? days, closedOf(kind))) || more;
    }
    return more;
  }

  private older(prefix: string, days: number, sql: string): Promise<boolean> {
    return this.delete(sql, [idsSince(prefix, databaseNow() - days * 86_400_000)]);
  }

  /** Idempotency keys live for a day, however long what they made is kept. */
  async forgetKeys(): Promise<boolean> {
    return this.delete(
      `DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
         SELECT ctid FROM idempotency_keys WHERE created_at < clock_timestamp() - interval '24 hours'
         ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
       )) RETURNING 1`,
      [],
    );
  }

  private async delete(sql: string, params: unknown[]): Promise<boolean> {
    return (await this.database.query(sql, params)).length === BATCH;
  }
}
