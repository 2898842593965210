/**
 * Every error a caller can meet, one row each: HTTP status, public sentence (which says what to do next) and whether the same
 * request may succeed later. The inner message of an AppError is for us and never leaves the process.
 */
export const ERRORS = {
  request_invalid: [400, 'The request does not fit its schema; see errors for each place to mend.', false],
  request_too_large: [413, 'The body is larger than 256 KB; send fewer items.', false],
  request_too_deep: [422, 'The JSON is nested deeper than 32 levels; flatten it.', false],
  request_too_slow: [408, 'The request did not come whole within 15 seconds; send it again.', true],
  headers_too_large: [431, 'The headers are larger than 16 KB together; send fewer.', false],
  media_type_unsupported: [415, 'Send the body as application/json in UTF-8.', false],
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
  plan_not_found: [404, 'There is no such plan; check the id and that the key belongs to the same tenant.', false],
  plan_already_closed: [409, 'The plan already has its outcome; read it with GET.', false],
  plan_not_completed: [409, 'Only a plan that was made can be changed; read it with GET to see how it stands.', false],
  plan_refused: [422, 'No plan can be made as asked; see errors for what to change.', false],
  plan_quota_used: [
    429,
    'As many plans were made in the last hour as this user, or all of yours together, may have; wait for the time in Retry-After.',
    true,
  ],
  intake_not_found: [404, 'Nothing is stored for this user; send it with PUT /v1/intake.', false],
  providers_none_enabled: [
    503,
    'No provider is enabled and configured; enable one, then send the request again.',
    true,
  ],
  offers_unavailable: [
    503,
    'No source of offers has an answer for this place now; see errors for each, and try again after the time in Retry-After.',
    true,
  ],
  idempotency_key_missing: [
    400,
    'Send an Idempotency-Key header: any string of 1 to 255 characters, new for each new request.',
    false,
  ],
  idempotency_key_invalid: [400, 'Idempotency-Key must be 1 to 255 printable ASCII characters.', false],
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
  rate_limited: [429, 'Too many requests; wait for the time in Retry-After.', true],
  logins_limited: [
    429,
    'Too many logins from your address have failed; mend the key or the password, and wait for the time in Retry-After.',
    true,
  ],
  event_not_found: [
    404,
    'The event in after is not kept any more, or was never yours; begin without after, and read what is missing with GET.',
    false,
  ],
  streams_too_many: [
    429,
    'This API key has as many streams open as it may; close some, follow many subjects on one WebSocket, or poll.',
    true,
  ],
  subjects_too_many: [
    429,
    'This connection follows as many subjects as it may; unsubscribe from some, or open another connection.',
    true,
  ],
  origin_not_allowed: [
    403,
    'Pages of this origin may not open a connection; an operator names those that may in LOOPGPT_CORS_ORIGINS.',
    false,
  ],
  upgrade_required: [426, 'This path speaks WebSocket only; see /docs for the streams that are plain HTTP.', false],
  tenant_backlog_full: [429, 'Too many of your routes are still open; wait for some to finish.', true],
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
  endpoint_not_found: [404, 'There is no such webhook endpoint; list yours with GET /v1/webhook-endpoints.', false],
  endpoint_disabled: [409, 'The endpoint is disabled; enable it, then send the delivery again.', false],
  endpoint_limit_reached: [
    422,
    'The tenant has as many webhook endpoints as it may; delete one that is no longer used.',
    false,
  ],
  delivery_not_found: [
    404,
    'There is no such delivery; list them with GET /v1/webhook-endpoints/{id}/deliveries.',
    false,
  ],
  switch_invalid: [422, 'These switches cannot be set as asked; see errors for each.', false],
  version_missing: [
    428,
    'Send If-Match with the ETag of the settings you read, so that nobody overwrites a change unseen.',
    false,
  ],
  version_conflict: [412, 'The settings have changed since you read them; read them again and decide anew.', false],
  dead_letter_not_found: [404, 'There is no such dead letter; list them with GET /admin/v1/dead-letters.', false],
  act_not_found: [404, 'There is no such act; list them with GET /admin/v1/acts.', false],
  webhook_url_refused: [422, 'This webhook URL cannot be used; see errors for the reason.', false],
  not_found: [404, 'There is nothing at this path; see /docs for those there are.', false],
  method_not_allowed: [405, 'This path does not take that method; see /docs.', false],
  internal_error: [
    500,
    'Something failed on our side and was logged; try again, and quote the instance if it stays.',
    true,
  ],
} as const satisfies Record<string, readonly [status: number, sentence: string, retryable: boolean]>;

export type ErrorCode = keyof typeof ERRORS;

export interface FieldError {
  /** JSON Pointer (RFC 6901) into the body, or the name of a header or query parameter. */
  pointer: string;
  detail: string;
}

/** A coded fault: `code` is public and stable, `message` is for the log. */
export class AppError extends Error {
  readonly status: number;
  readonly sentence: string;
  readonly retryable: boolean;

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly extra: {
      errors?: readonly FieldError[];
      /** What holds now instead, for a program to go on with. */
      present?: Readonly<Record<string, unknown>>;
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: extra.cause });
    [this.status, this.sentence, this.retryable] = ERRORS[code];
  }
}
