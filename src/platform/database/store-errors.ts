import { codeOf } from '../../common/sql-state.js';

/** As pg and TypeORM say that a connection went away in the middle; the last of them when PostgreSQL ended a silent transaction. */
const LOST =
  /Connection terminated|timeout exceeded when trying to connect|not queryable|Client has encountered|Query read timeout|Query runner already released/;

/** As ioredis says it. */
const REDIS_LOST = /Connection is closed|Stream isn't writeable|max retries per request|Command timed out/;

/**
 * Whether an error says "the store is away or too busy" (the same work may succeed later) rather than "this work is wrong".
 * SQLSTATE classes: 08 connection, 53 resources, 57 operator intervention, 40 rollback (deadlock, serialisation), 55P03 lock
 * timeout, 25P03 idle in a transaction for too long, 25006 read-only (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
export function isStoreAway(error: unknown): boolean {
  const code = codeOf(error);
  if (/^(08|53|57|40)/.test(code) || ['55P03', '25P03', '25006'].includes(code)) return true;
  if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'].includes(code)) return true;
  const text = String(error);
  return LOST.test(text) || REDIS_LOST.test(text);
}
