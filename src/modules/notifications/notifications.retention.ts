import type { Forgetting } from '../../common/forgetting.js';
import type { Tx } from '../../platform/database/database.js';

/** A message with its deliveries and attempts once none of them is owed; an endpoint of one subject once nothing is left of it. */
export const notificationsForgetting: readonly Forgetting[] = [
  {
    prefix: 'evt',
    sql: `WITH old AS (
        SELECT id FROM webhook_messages m WHERE id < $1
          AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.message_id = m.id AND d.status = 'pending')
        ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
      ), deliveries AS (
        DELETE FROM webhook_deliveries d USING old WHERE d.message_id = old.id RETURNING d.id
      ), attempts AS (
        DELETE FROM webhook_attempts a USING deliveries d WHERE a.delivery_id = d.id
      )
      DELETE FROM webhook_messages m USING old WHERE m.id = old.id RETURNING m.id`,
  },
  {
    prefix: 'ep',
    sql: `DELETE FROM webhook_endpoints WHERE id IN (
        SELECT id FROM webhook_endpoints e WHERE id < $1 AND subject IS NOT NULL
          AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.endpoint_id = e.id)
        ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
      ) RETURNING id`,
  },
];

/** Messages about these subjects with all that is theirs, delivered or not, and the endpoints that heard of nothing else. */
export async function forgetMessagesOf(tx: Tx, tenantId: string, subjects: readonly string[]): Promise<void> {
  const params = [tenantId, subjects];
  const messages = 'SELECT id FROM webhook_messages WHERE tenant_id = $1 AND subject = ANY ($2)';
  const deliveries = `SELECT id FROM webhook_deliveries WHERE message_id IN (${messages})`;
  await tx.query(`DELETE FROM webhook_attempts WHERE delivery_id IN (${deliveries})`, params);
  await tx.query(`DELETE FROM webhook_deliveries WHERE message_id IN (${messages})`, params);
  await tx.query('DELETE FROM webhook_messages WHERE tenant_id = $1 AND subject = ANY ($2)', params);
  await tx.query('DELETE FROM webhook_endpoints WHERE tenant_id = $1 AND subject = ANY ($2)', params);
}
