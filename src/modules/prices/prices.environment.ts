import { whole, type Variables } from '../../common/variables.js';

export const pricesEnvironment = {
  rows: {
    LOOPGPT_PRICE_KEEP_DAYS: whole(1827, 400, 10_000).describe(
      'for how many days observed prices are kept, in whole months; older ones are not taken',
    ),
  },
} satisfies Variables;
