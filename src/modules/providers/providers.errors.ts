import type { ErrorRows } from '../../common/error-row.js';

export const PROVIDERS_ERRORS = {
  offers_unavailable: [
    503,
    'No source of offers has an answer for this place now; see errors for each, and try again after the time in Retry-After.',
    true,
  ],
} as const satisfies ErrorRows;
