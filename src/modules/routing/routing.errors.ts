import type { ErrorRows } from '../../common/error-row.js';

export const ROUTING_ERRORS = {
  route_unusable: [422, 'This cart cannot be routed as asked; see errors.', false],
  route_not_found: [404, 'There is no such route; check the id and that the key belongs to the same tenant.', false],
  route_already_closed: [409, 'The route already has its outcome; read it with GET.', false],
  route_not_decided: [
    409,
    'The route has no outcome: if it is open, wait for it with Prefer: wait=n; a cancelled one never gets one.',
    true,
  ],
  route_without_winner: [
    409,
    'There is nothing to confirm: the route is still open, was cancelled, or got no usable quote.',
    false,
  ],
  route_already_confirmed: [
    409,
    'The route was confirmed by another request; read what was agreed with GET /v1/routes/{id}/confirmation.',
    false,
  ],
  confirmation_not_found: [404, 'The route has not been confirmed; do it with POST /v1/routes/{id}/confirm.', false],
  confirmation_in_flight: [409, 'A confirmation of this route is being made; send the same again in a moment.', true],
  confirmation_token_invalid: [
    422,
    'This is not the token of this outcome; read it with GET /v1/routes/{id} and a key with routes:write.',
    false,
  ],
  confirmation_token_expired: [410, 'The token was good for 15 minutes; route the cart anew.', false],
  quote_changed: [
    409,
    'The provider says something else now, see errors and present; accept it by sending the fields named there, with a new Idempotency-Key.',
    false,
  ],
  quote_unavailable: [
    503,
    'The provider gave no price just now and nothing was confirmed; try again, or route the cart anew.',
    true,
  ],
  split_not_solved: [
    503,
    'The split was not solved in time, for others wait, too; send it again, or with fewer stops.',
    true,
  ],
  providers_none_enabled: [
    503,
    'No provider is enabled and configured; enable one, then send the request again.',
    true,
  ],
} as const satisfies ErrorRows;
