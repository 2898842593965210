import type { Forgetting } from '../../common/forgetting.js';

export const planningForgetting: readonly Forgetting[] = [
  {
    prefix: 'err',
    sql: `DELETE FROM error_logs WHERE id IN (
        SELECT id FROM error_logs WHERE id < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
      ) RETURNING id`,
  },
  {
    prefix: 'plan',
    sql: `DELETE FROM clearance_reservations WHERE (plan_id, source_id, store_id, ean) IN (
        SELECT plan_id, source_id, store_id, ean FROM clearance_reservations
        WHERE expires_at < clock_timestamp() AND $1::text IS NOT NULL LIMIT $2
      ) RETURNING ean`,
  },
];
