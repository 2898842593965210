import { whole, type Variables } from '../../common/variables.js';

export const ordersEnvironment = {
  rows: {
    LOOPGPT_MAX_OPEN_IMPORTS: whole(500, 1, 1_000_000).describe('open imports beyond which new ones get 503'),
    LOOPGPT_MAX_OPEN_IMPORTS_PER_TENANT: whole(50, 1, 1_000_000).describe('of one tenant, which then gets 429'),
  },
} satisfies Variables;
