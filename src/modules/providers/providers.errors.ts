import type { ErrorRows } from '../../common/error-row.js';

export const PROVIDERS_ERRORS = {
  offers_place_unread: [422, 'No source of offers reads this place; see errors for what each can be asked for.', false],
  offers_unavailable: [
    503,
    'No source of offers has an answer for this place now; see errors for each, and try again after the time in Retry-After.',
    true,
  ],
} as const satisfies ErrorRows;
