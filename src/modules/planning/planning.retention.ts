import type { Forgetting } from '../../common/forgetting.js';

export const planningForgetting: readonly Forgetting[] = [
  {
    prefix: 'err',
    sql: `DELETE FROM error_logs WHERE id IN (
        SELECT id FROM error_logs WHERE id < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
      ) RETURNING id`,
  },
];
