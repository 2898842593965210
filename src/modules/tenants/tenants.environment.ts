import { z } from 'zod';
import { whole, type Variables } from '../../common/variables.js';

export const tenantsEnvironment = {
  rows: {
    LOOPGPT_RATE_LIMIT_PER_MINUTE: whole(6000, 1, 10_000_000).describe('requests a tenant may make per minute'),
    LOOPGPT_TENANT_WEIGHTS: z
      .string()
      .default('')
      .describe('shares of tenants at accept and dispatch, e.g. "ten_a=3,ten_b=0.5"; 1 for all others'),
    LOOPGPT_MAX_WAITS: whole(2000, 1, 100_000).describe(
      'requests that wait (Prefer: wait=n) at one process beyond which more get 503',
    ),
    LOOPGPT_MAX_WAITS_PER_KEY: whole(200, 1, 100_000).describe('of one API key at one process, which then gets 429'),
    LOOPGPT_MAX_WAITS_PER_ADDRESS: whole(400, 1, 100_000).describe(
      'of one address at one process, which then gets 429; behind a proxy set LOOPGPT_TRUST_PROXY',
    ),
    LOOPGPT_KEYLESS_PER_MINUTE: whole(100, 1, 10_000_000).describe(
      'requests without a key or session that one address (of IPv6 its /64) may send to one process per minute',
    ),
    LOOPGPT_SESSION_SECONDS: whole(900, 1, 3600).describe(
      'how long a browser that signed in stays so without renewing',
    ),
    LOOPGPT_SESSION_HOURS: whole(12, 1, 24).describe('after which a session is not renewed, and one signs in again'),
  },
} satisfies Variables;
