import type { ErrorRows } from './error-row.js';

/** What any request may meet, whatever it asks for. */
export const REQUEST_ERRORS = {
  request_invalid: [400, 'The request does not fit its schema; see errors for each place to mend.', false],
  request_too_large: [413, 'The body is larger than 256 KB; send fewer items.', false],
  request_too_deep: [422, 'The JSON is nested deeper than 32 levels; flatten it.', false],
  request_too_slow: [408, 'The request did not come whole within 15 seconds; send it again.', true],
  headers_too_large: [431, 'The headers are larger than 16 KB together; send fewer.', false],
  media_type_unsupported: [415, 'Send the body as application/json in UTF-8.', false],
  idempotency_key_missing: [
    400,
    'Send an Idempotency-Key header: any string of 1 to 255 characters, new for each new request.',
    false,
  ],
  idempotency_key_invalid: [400, 'Idempotency-Key must be 1 to 255 printable ASCII characters.', false],
  version_missing: [
    428,
    'Send If-Match with the ETag of the settings you read, so that nobody overwrites a change unseen.',
    false,
  ],
  rate_limited: [429, 'Too many requests; wait for the time in Retry-After.', true],
  overloaded: [
    503,
    'The system has all the work it can finish in time; try again after the time in Retry-After.',
    true,
  ],
  stopping: [503, 'This instance is stopping and took nothing on; send the same again, and another takes it.', true],
  store_unavailable: [
    503,
    'The database cannot be reached; nothing was accepted. Try again after the time in Retry-After.',
    true,
  ],
  not_found: [404, 'There is nothing at this path; see /docs for those there are.', false],
  method_not_allowed: [405, 'This path does not take that method; see /docs.', false],
  internal_error: [
    500,
    'Something failed on our side and was logged; try again, and quote the instance if it stays.',
    true,
  ],
} as const satisfies ErrorRows;
