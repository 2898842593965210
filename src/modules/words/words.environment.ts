import { whole, type Variables } from '../../common/variables.js';

export const wordsEnvironment = {
  rows: {
    LOOPGPT_MAX_OPEN_CARTS: whole(5000, 1, 1_000_000).describe('open carts beyond which new ones get 503'),
    LOOPGPT_MAX_OPEN_CARTS_PER_TENANT: whole(500, 1, 1_000_000).describe('of one tenant, which then gets 429'),
    LOOPGPT_CART_AI_CENTS: whole(1, 0, 5).describe(
      'the most that a model may cost for one cart, where there is a key; 0: none is asked',
    ),
    LOOPGPT_QUESTION_HOURS: whole(24, 1, 8760).describe('for how long questions about a cart can be answered'),
  },
} satisfies Variables;
