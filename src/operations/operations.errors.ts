import type { ErrorRows } from '../common/error-row.js';

export const OPERATIONS_ERRORS = {
  idempotency_in_flight: [
    409,
    'The first request with this Idempotency-Key is still being written; send the same again in a moment.',
    true,
  ],
  idempotency_reused: [
    422,
    'This Idempotency-Key was used with a different body; use a new key for a new request.',
    false,
  ],
  tenant_backlog_full: [
    429,
    'Too much that you asked for is still open; see errors for what, and wait for some of it to finish.',
    true,
  ],
} as const satisfies ErrorRows;
