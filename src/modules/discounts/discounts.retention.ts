import type { Forgetting } from '../../common/forgetting.js';

/** Clearances are forgotten a month after their end, and places a day after they were last asked for, whatever else is kept for how long. */
export const discountsForgetting: readonly Forgetting[] = [
  {
    prefix: 'plan',
    sql: `DELETE FROM clearances WHERE (source_id, store_id, ean) IN (
        SELECT source_id, store_id, ean FROM clearances
        WHERE ends_at < clock_timestamp() - interval '30 days' AND $1::text IS NOT NULL LIMIT $2
      ) RETURNING ean`,
  },
  {
    prefix: 'plan',
    sql: `DELETE FROM clearance_places WHERE place IN (
        SELECT place FROM clearance_places WHERE asked_at < clock_timestamp() - interval '1 day' AND $1::text IS NOT NULL LIMIT $2
      ) RETURNING place`,
  },
];
