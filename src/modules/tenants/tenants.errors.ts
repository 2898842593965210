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
  session_missing: [
    401,
    'This is for who is signed in; sign in with POST /v1/session, or send a key elsewhere.',
    false,
  ],
  session_invalid: [401, 'Your session has ended, or was never one; sign in again with POST /v1/session.', false],
  session_cross_site: [
    403,
    'A session serves pages of this address only; from elsewhere, have your server send an API key.',
    false,
  ],
  csrf_invalid: [
    403,
    'A change needs the csrfToken of your session as X-CSRF-Token; read it with GET /v1/session and send it again.',
    false,
  ],
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
