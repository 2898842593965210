import type { Forgetting } from '../common/forgetting.js';
import type { Tx } from '../platform/database/database.js';

/** Events that are on the bus. */
export const eventsForgetting: readonly Forgetting[] = [
  {
    prefix: 'evt',
    sql: `DELETE FROM events WHERE id IN (
        SELECT id FROM events WHERE id < $1 AND published_at IS NOT NULL ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
      ) RETURNING id`,
  },
];

/** What was told of these subjects, on the bus or not yet, and what of it nobody could handle. */
export async function forgetEventsOf(tx: Tx, tenantId: string, subjects: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM events WHERE tenant_id = $1 AND subject = ANY ($2)', [tenantId, subjects]);
  await tx.query(`DELETE FROM dead_letters WHERE tenant_id = $1 AND record->>'subject' = ANY ($2)`, [
    tenantId,
    subjects,
  ]);
}
