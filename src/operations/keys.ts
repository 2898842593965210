import { fingerprintOf } from '../common/canonical-json.js';
import type { Tx } from '../platform/database/database.js';
import { inFlight, subjectOf, type Stored } from '../platform/http/idempotency-key.js';

/**
 * For what is made at once and is no operation: takes the key for `subject` in the transaction that makes it, and answers null; or the id
 * that the same request made before, which is made no more. A request of the same moment is waited for. Throws `idempotency_reused`, and
 * `idempotency_in_flight` where what was made before is taken away in this moment.
 */
export async function takeKey(
  tx: Tx,
  { tenantId, operation, key, body }: { tenantId: string; operation: string; key: string | undefined; body: unknown },
  subject: string,
): Promise<string | null> {
  if (key === undefined) return null;
  const fingerprint = fingerprintOf(body);
  const taken = await tx.query(
    `INSERT INTO idempotency_keys AS k (tenant_id, key, operation, fingerprint, subject) VALUES ($1, $2, $3, decode($4, 'hex'), $5)
     ON CONFLICT (tenant_id, operation, key) DO UPDATE
       SET fingerprint = excluded.fingerprint, subject = excluded.subject, created_at = clock_timestamp()
       WHERE k.created_at < clock_timestamp() - interval '24 hours'
     RETURNING subject`,
    [tenantId, key, operation, fingerprint, subject],
  );
  if (taken.length > 0) return null;
  const [stored] = await tx.query<Stored>(
    `SELECT subject, encode(fingerprint, 'hex') AS fingerprint FROM idempotency_keys
     WHERE tenant_id = $1 AND operation = $2 AND key = $3`,
    [tenantId, operation, key],
  );
  if (!stored) throw inFlight(`key of ${subject}`);
  return subjectOf(stored, fingerprint);
}

/** Keys by which these subjects were made. */
export async function forgetKeysOf(tx: Tx, tenantId: string, subjects: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM idempotency_keys WHERE tenant_id = $1 AND subject = ANY ($2)', [tenantId, subjects]);
}
