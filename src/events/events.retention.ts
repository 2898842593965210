import type { Forgetting } from '../common/forgetting.js';

/** Events that are on the bus. */
export const eventsForgetting: readonly Forgetting[] = [
  {
    prefix: 'evt',
    sql: `DELETE FROM events WHERE id IN (
        SELECT id FROM events WHERE id < $1 AND published_at IS NOT NULL ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
      ) RETURNING id`,
  },
];
