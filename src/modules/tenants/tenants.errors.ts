import type { ErrorRows } from '../../common/error-row.js';

export const TENANTS_ERRORS = {
  api_key_missing: [401, 'Send your API key as "Authorization: Bearer <key>".', false],
  api_key_invalid: [
    401,
    'This API key is unknown, revoked or expired; create one with "npm run keys -- create".',
    false,
  ],
  token_invalid: [401, 'This token is malformed or has expired; have your server make a new one.', false],
  token_not_accepted: [
    403,
    'A browser token reads the one thing it was made for and nothing else; use an API key.',
    false,
  ],
  scope_missing: [403, 'This API key lacks the scope for the call; create one that has it.', false],
  logins_limited: [
    429,
    'Too many logins from your address have failed; mend the key or the password, and wait for the time in Retry-After.',
    true,
  ],
  keyless_limited: [
    429,
    'Your address has sent as many requests without a key as it may in a minute; wait for the time in Retry-After, or send a key.',
    true,
  ],
  waits_too_many: [
    429,
    'As many callers with this key, or from your address, wait with Prefer: wait=n as may; read without waiting, follow a stream, or take webhooks.',
    true,
  ],
} as const satisfies ErrorRows;
