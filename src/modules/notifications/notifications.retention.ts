import type { Forgetting } from '../../common/forgetting.js';

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
