import type { Forgetting } from '../../../common/forgetting.js';

/** Sessions last hours; days later nothing is left to end. */
export const sessionsForgetting: readonly Forgetting[] = [
  {
    prefix: 'ses',
    sql: `DELETE FROM sessions WHERE id IN (
        SELECT id FROM sessions WHERE id < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
      ) RETURNING id`,
  },
];
