import type { ErrorRows } from '../../common/error-row.js';

export const PRICES_ERRORS = {
  price_watch_not_found: [
    404,
    'There is no such price watch; check the id and that the key belongs to the same tenant.',
    false,
  ],
  price_check_unusable: [422, 'This price cannot be checked as asked; see errors.', false],
  price_watches_full: [429, 'There are as many price watches as one tenant may have; delete some.', false],
} as const satisfies ErrorRows;
