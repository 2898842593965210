import type { ErrorRows } from '../../common/error-row.js';

export const NOTIFICATIONS_ERRORS = {
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
  webhook_url_refused: [422, 'This webhook URL cannot be used; see errors for the reason.', false],
} as const satisfies ErrorRows;
