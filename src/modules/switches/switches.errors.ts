import type { ErrorRows } from '../../common/error-row.js';

export const SWITCHES_ERRORS = {
  switch_invalid: [422, 'These switches cannot be set as asked; see errors for each.', false],
  version_conflict: [412, 'The settings have changed since you read them; read them again and decide anew.', false],
  act_not_found: [404, 'There is no such act; list them with GET /admin/v1/acts.', false],
} as const satisfies ErrorRows;
