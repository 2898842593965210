import type { ErrorRows } from '../../common/error-row.js';

export const NUTRITION_ERRORS = {
  recipe_not_found: [404, 'There is no such recipe; GET /v1/recipes lists them.', false],
} as const satisfies ErrorRows;
