import { z } from 'zod';
import { flag, secret, url, whole, type Variables } from '../../common/variables.js';

/** By the names of the former shopping optimizer. */
export const discountsEnvironment = {
  rows: {
    GOOGLE_API_KEY: secret()
      .optional()
      .describe('lets addresses be found to the house by Google’s Geocoding API; without it by their postal code'),
    GOOGLE_BASE_URL: url('http:', 'https:').default('https://maps.googleapis.com').describe('that API'),
    CACHE_TTL_SECONDS: whole(300, 0, 86_400).describe(
      'for how long what shops clear near a place is taken as it is, before its source is asked again; 0 is off',
    ),
    ENABLE_CACHING: flag(true).describe('false: sources of offers are asked each time, as with CACHE_TTL_SECONDS=0'),
    API_TIMEOUT_SECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .max(60)
      .optional()
      .describe('LOOPGPT_SALLING_TIMEOUT in seconds, where that is not set'),
    MAX_CONCURRENT_REQUESTS: whole(10, 1, 1000).describe(
      'questions that one process has under way at each source of offers; others wait their turn',
    ),
    ENABLE_METRICS: flag(true).describe('false: /metrics and the paths under it answer 404'),
    ENABLE_AI_MEAL_SUGGESTIONS: flag(true).describe(
      'false: no model is asked for plans, as with LOOPGPT_AI_MODEL=none',
    ),
  },
  prefixes: ['GOOGLE_'],
} satisfies Variables;
