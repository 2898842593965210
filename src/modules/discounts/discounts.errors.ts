import type { ErrorRows } from '../../common/error-row.js';

export const DISCOUNTS_ERRORS = {
  clearance_watch_not_found: [
    404,
    'There is no such watch of clearances; check the id and that the key belongs to the same tenant.',
    false,
  ],
  clearance_watch_unusable: [422, 'Clearances cannot be watched as asked; see errors.', false],
  clearance_watches_full: [429, 'There are as many watches of clearances as one tenant may have; delete some.', false],
} as const satisfies ErrorRows;
