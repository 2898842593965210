import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../common/clock.js';
import { idsSince } from '../../common/ids.js';
import { eventsForgetting } from '../../events/events.retention.js';
import { kinds, type Kind } from '../../operations/catalogue.js';
import { FORGET_KEYS } from '../../operations/operations.retention.js';
import { Database } from '../../platform/database/database.js';
import { llmForgetting } from '../../platform/llm/llm.retention.js';
import { discountsForgetting } from '../discounts/discounts.retention.js';
import { notificationsForgetting } from '../notifications/notifications.retention.js';
import { planningForgetting } from '../planning/planning.retention.js';
import { sessionsForgetting } from '../tenants/sessions/sessions.retention.js';

const BATCH = 500;

/** Of rooms whose rows are no kind's own, in the order in which they are forgotten. */
const FORGET = [
  ...notificationsForgetting,
  ...eventsForgetting,
  ...llmForgetting,
  ...planningForgetting,
  ...sessionsForgetting,
  ...discountsForgetting,
] as const;

/** A kind's closed ones with all that is their own; one that a later one follows is kept as long as that. */
const closedOf = ({ table, parts, follows }: Kind): string => `WITH old AS (
    SELECT id FROM ${table} o WHERE id < $1 AND status <> 'open'
      ${follows ? `AND NOT EXISTS (SELECT FROM ${table} later WHERE later.${follows} = o.id)` : ''}
    ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
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
    for (const { prefix, sql } of FORGET) more = (await this.older(prefix, days, sql)) || more;
    for (const kind of kinds()) {
      more = (await this.older(kind.prefix, kind.keepDays ?? days, closedOf(kind))) || more;
    }
    return more;
  }

  private older(prefix: string, days: number, sql: string): Promise<boolean> {
    return this.delete(sql, [idsSince(prefix, databaseNow() - days * 86_400_000), BATCH]);
  }

  async forgetKeys(): Promise<boolean> {
    return this.delete(FORGET_KEYS, [BATCH]);
  }

  private async delete(sql: string, params: unknown[]): Promise<boolean> {
    return (await this.database.query(sql, params)).length === BATCH;
  }
}
