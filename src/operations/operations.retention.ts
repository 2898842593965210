/** Idempotency keys live for a day, however long what they made is kept. Deletes a batch of at most `$1`, a row for each. */
export const FORGET_KEYS = `DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM idempotency_keys WHERE created_at < clock_timestamp() - interval '24 hours'
    ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED
  )) RETURNING 1`;
