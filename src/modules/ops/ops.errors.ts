import type { ErrorRows } from '../../common/error-row.js';

export const OPS_ERRORS = {
  dead_letter_not_found: [404, 'There is no such dead letter; list them with GET /admin/v1/dead-letters.', false],
} as const satisfies ErrorRows;
