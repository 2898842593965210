import { z } from 'zod';
import { secret, url, whole, type Variables } from '../../common/variables.js';

export const planningEnvironment = {
  rows: {
    ANTHROPIC_API_KEY: secret()
      .optional()
      .describe('lets Claude draft meal plans; without it they come from the solver alone'),
    ANTHROPIC_BASE_URL: url('http:', 'https:').default('https://api.anthropic.com').describe('the Messages API'),
    LOOPGPT_AI_MODEL: z.string().min(1).max(100).default('claude-haiku-5-5').describe('the model that drafts'),
    LOOPGPT_AI_FALLBACK_MODEL: z
      .string()
      .max(100)
      .default('claude-haiku-4-5')
      .describe('asked once when the first one cannot answer, or none'),
    LOOPGPT_AI_PRICES: z
      .string()
      .regex(/^[a-z0-9.-]+=\d+(\.\d+)?\/\d+(\.\d+)?(,[a-z0-9.-]+=\d+(\.\d+)?\/\d+(\.\d+)?)*$/, {
        message: 'a comma list model=input/output, in USD per million tokens',
      })
      .default(
        'claude-haiku-5-5=0.1/0.5,claude-haiku-4-5=1/5,claude-sonnet-5-5=2/10,claude-sonnet-5=2/10,claude-opus-5-5=4/20',
      )
      .describe('USD per million tokens, model=input/output; a model without a price is never asked'),
    LOOPGPT_AI_TIMEOUT_MS: whole(12_000, 100, 60_000).describe('for a draft in all, retries and fallback included'),
    LOOPGPT_AI_CENTS_PER_DAY: whole(500, 0, 10_000_000).describe('what the calls of one tenant may cost in a UTC day'),
    LOOPGPT_PLAN_DEADLINE_MS: whole(30_000, 1000, 120_000).describe('time to make a plan when the caller names none'),
    LOOPGPT_PLANS_PER_HOUR: whole(5, 1, 100_000).describe('plans that one user of a tenant may have made in an hour'),
    LOOPGPT_TENANT_PLANS_PER_HOUR: whole(2000, 1, 10_000_000).describe(
      'plans that one tenant may have made in an hour',
    ),
    LOOPGPT_MAX_OPEN_PLANS: whole(2000, 1, 1_000_000).describe('open plans beyond which new ones get 503'),
    LOOPGPT_MAX_OPEN_PLANS_PER_TENANT: whole(500, 1, 1_000_000).describe('of one tenant, which then gets 429'),
  },
  switches: ['LOOPGPT_PLANS_PER_HOUR'],
} satisfies Variables;
