import type { Forgetting } from '../../common/forgetting.js';

/** Calls that are settled. */
export const llmForgetting: readonly Forgetting[] = [
  {
    prefix: 'aic',
    sql: `DELETE FROM ai_calls WHERE id IN (
        SELECT id FROM ai_calls WHERE id < $1 AND status <> 'reserved' ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
      ) RETURNING id`,
  },
];
