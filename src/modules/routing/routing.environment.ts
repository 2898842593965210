import { z } from 'zod';
import { optionalFlag, weight, whole, type Variables } from '../../common/variables.js';

export const LONGEST_DEADLINE_MS = 30_000;
/** Between a provider's timeout and the deadline, so that the outcome can tell that it timed out. */
export const TELLING_MS = 500;

const weights = {
  LOOPGPT_SCORE_PRIORITY_WEIGHT: weight(1.0).describe('weight of the provider’s priority'),
  LOOPGPT_SCORE_PRICE_WEIGHT: weight(0.3).describe('weight of the price'),
  LOOPGPT_SCORE_SPEED_WEIGHT: weight(0.15).describe('weight of the delivery time'),
  LOOPGPT_SCORE_COMMISSION_WEIGHT: weight(0.2).describe('weight of the commission'),
  LOOPGPT_SCORE_AVAILABILITY_WEIGHT: weight(0.25).describe('weight of how much of the cart is served'),
  LOOPGPT_SCORE_RELIABILITY_WEIGHT: weight(0.1).describe('weight of the provider’s recent success'),
};
export const WEIGHTS = Object.keys(weights) as readonly (keyof typeof weights)[];

export const routingEnvironment = {
  rows: {
    LOOPGPT_DEADLINE_MS: whole(10_000 + TELLING_MS, 100, LONGEST_DEADLINE_MS).describe(
      'deadline when the caller names none; unless it is set, a longer timeout of a provider lifts it',
    ),
    LOOPGPT_QUORUM: whole(2, 1, 20).describe('usable quotes needed when the caller names no quorum'),
    LOOPGPT_PRESET: z
      .enum(['balanced', 'price-first', 'revenue-first', 'speed-first'])
      .default('balanced')
      .describe('weight preset when the caller names none'),
    ...weights,
    LOOPGPT_EXPERIMENT: z
      .string()
      .max(10_000)
      .optional()
      .describe('weight sets that are tried side by side, as JSON (docs/experiments.md)'),
    LOOPGPT_CONFIRM_TOLERANCE_PERCENT: whole(1, 0, 100).describe(
      'how much dearer than decided a cart may have become when it is confirmed, without asking the caller',
    ),
    LOOPGPT_LANES: z
      .string()
      .default('')
      .describe('lanes with their own queue, e.g. "slow=MEALME,INSTACART"; the rest share the lane "default"'),
    LOOPGPT_MAX_OPEN_ROUTES: whole(20_000, 1, 10_000_000).describe('open routes beyond which new ones get 503'),
    LOOPGPT_MAX_OPEN_ROUTES_PER_TENANT: whole(5000, 1, 10_000_000).describe('of one tenant, which then gets 429'),
    LOOPGPT_REQUIRE_IDEMPOTENCY_KEY: optionalFlag().describe(
      'refuse POST /v1/routes without Idempotency-Key; true in production',
    ),
    LOOPGPT_QUOTES_CONCURRENCY: whole(64, 1, 1000).describe('routes a quote worker asks for at once'),
  },
  switches: ['LOOPGPT_PRESET', ...WEIGHTS, 'LOOPGPT_EXPERIMENT', 'LOOPGPT_DEADLINE_MS', 'LOOPGPT_QUORUM'],
} satisfies Variables;
