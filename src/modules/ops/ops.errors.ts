import type { ErrorRows } from '../../common/error-row.js';

export const OPS_ERRORS = {
  api_key_not_found: [
    404,
    'There is no such API key, or it is revoked already; list them with GET /admin/v1/api-keys.',
    false,
  ],
  tenant_not_found: [404, 'There is no such tenant; name one that has keys, or give tenantName for a new one.', false],
  dead_letter_not_found: [404, 'There is no such dead letter; list them with GET /admin/v1/dead-letters.', false],
} as const satisfies ErrorRows;
