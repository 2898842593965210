import { z } from 'zod';
import { flag, limit, list, optionalFlag, secret, url, weight, whole } from './common/variables.js';
import { notificationsEnvironment } from './modules/notifications/notifications.environment.js';
import { nutritionEnvironment } from './modules/nutrition/nutrition.environment.js';
import { opsEnvironment } from './modules/ops/ops.environment.js';
import { planningEnvironment } from './modules/planning/planning.environment.js';
import { playlistEnvironment } from './modules/planning/playlist/playlist.environment.js';

/** What may be in the environment. src/config.ts reads it; .env.example and docs/configuration.md are generated from it. */
export const ROLES = ['api', 'quotes', 'aggregator', 'planner', 'notifier'] as const;
export type Role = (typeof ROLES)[number];

/** As the variables of each provider name it. */
export const SOURCES = ['KROGER', 'WALMART', 'MEALME', 'INSTACART', 'SALLING'] as const;

/** Those that are asked for quotes within a route's deadline. */
export const QUOTING_SOURCES = ['KROGER', 'WALMART', 'MEALME', 'INSTACART'] as const;

/** Two halves of a credential each, of which one alone opens nothing. */
export const CREDENTIAL_PAIRS = [
  ['KROGER_CLIENT_ID', 'KROGER_CLIENT_SECRET'],
  ['WALMART_PARTNER_ID', 'WALMART_API_KEY'],
  ['SPOTIFY_CLIENT_ID', 'SPOTIFY_CLIENT_SECRET'],
] as const;

/** A variable that begins like this and is none of ours is a misspelt one. */
export const OWN_PREFIXES = ['LOOPGPT_', ...SOURCES.map((source) => `${source}_`), 'SPOTIFY_', 'USDA_'];

export const LONGEST_DEADLINE_MS = 30_000;
/** Between a provider's timeout and the deadline, so that the outcome can tell that it timed out. */
export const TELLING_MS = 500;

/** Hosts that are sent credentials, the sources among them. */
export const BASE_URLS = [
  ...SOURCES.map((source) => `${source}_BASE_URL` as const),
  ...(['ANTHROPIC_BASE_URL', 'USDA_BASE_URL', 'SPOTIFY_ACCOUNTS_BASE_URL', 'SPOTIFY_BASE_URL'] as const),
] as const;

/** Each variable with its default and its meaning; groups are only headings in the generated documents. */
export const ENVIRONMENT = {
  core: {
    LOOPGPT_ENV: z
      .enum(['development', 'test', 'production'])
      .default('development')
      .describe('production requires API keys and a secret key'),
    ROLES: list()
      .default([...ROLES])
      .describe(`which parts run in this process: ${ROLES.join(', ')} or all`),
    PORT: whole(3000, 0, 65535).describe('HTTP port; 0 picks a free one'),
    HOST: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
    LOOPGPT_ALLOW_OPEN: flag(false).describe(
      'lets development, which asks for no key, listen on an address and answer to host names that others reach; anybody there may do anything',
    ),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info')
      .describe('least severe log line written'),
    LOG_FORMAT: z
      .enum(['json', 'pretty'])
      .default('json')
      .describe('json: one object a line; pretty: for a person at a terminal'),
    LOOPGPT_SECRET_KEY: z
      .string()
      .refine((text) => Buffer.from(text, 'base64').length === 32, {
        message: '32 bytes in base64 (openssl rand -base64 32)',
      })
      .optional()
      .describe('encrypts webhook secrets and derives the database passwords; required in production'),
    LOOPGPT_PREVIOUS_SECRET_KEYS: list()
      .refine((keys) => keys.every((text) => Buffer.from(text, 'base64').length === 32), {
        message: 'a comma list of keys, each 32 bytes in base64',
      })
      .optional()
      .describe(
        'secret keys before a rotation: what was sealed under them still opens, nothing new is sealed under them',
      ),
    LOOPGPT_SIGNING_KEYS: list()
      .refine(
        (keys) =>
          keys.length > 0 && keys.every((text) => text === 'derived' || Buffer.from(text, 'base64').length === 32),
        { message: 'a comma list of keys, each 32 bytes in base64, or the word derived' },
      )
      .default(['derived'])
      .describe(
        'ed25519 keys of decision records: the first signs, the others are still published; derived stands for those made from the secret keys',
      ),
    LOOPGPT_DATA_DIR: z.string().default('.data').describe('where npm start keeps the embedded database'),
    LOOPGPT_CORS_ORIGINS: list()
      .refine((origins) => origins.every((text) => URL.canParse(text) && new URL(text).origin === text), {
        message: 'a comma list of origins such as https://shop.example',
      })
      .optional()
      .describe('origins whose pages may call the API from a browser; none by default'),
    LOOPGPT_TRUST_PROXY: list()
      .optional()
      .describe('comma list of proxy addresses or CIDRs whose X-Forwarded-For is believed; none by default'),
  },
  stores: {
    DATABASE_URL: url('postgres:', 'postgresql:')
      .optional()
      .describe('PostgreSQL with the right to migrate; the app itself connects as roles without it'),
    DATABASE_APP_URL: url('postgres:', 'postgresql:')
      .optional()
      .describe(
        'connection of the tenant-bound role; derived from DATABASE_URL if unset; a pooler has to support prepared statements (PgBouncer 1.21)',
      ),
    DATABASE_WORKER_URL: url('postgres:', 'postgresql:')
      .optional()
      .describe('connection of the background role; derived from DATABASE_URL if unset'),
    REDIS_URL: url('redis:', 'rediss:').optional().describe('BullMQ on Redis; on PostgreSQL if unset'),
    LOOPGPT_REDIS_PREFIX: z
      .string()
      .regex(/^[a-z0-9_-]{1,40}$/)
      .default('loopgpt')
      .describe('prefix of every Redis key'),
    KAFKA_BROKERS: list().optional().describe('comma list host:port; the in-process bus if unset'),
    LOOPGPT_KAFKA_PREFIX: z
      .string()
      .regex(/^[a-z0-9._-]{0,60}$/)
      .default('')
      .describe('prefix of every topic and consumer group'),
  },
  routing: {
    LOOPGPT_DEADLINE_MS: whole(10_000 + TELLING_MS, 100, LONGEST_DEADLINE_MS).describe(
      'deadline when the caller names none; unless it is set, a longer timeout of a provider lifts it',
    ),
    LOOPGPT_QUORUM: whole(2, 1, 20).describe('usable quotes needed when the caller names no quorum'),
    LOOPGPT_PRESET: z
      .enum(['balanced', 'price-first', 'revenue-first', 'speed-first'])
      .default('balanced')
      .describe('weight preset when the caller names none'),
    LOOPGPT_SCORE_PRIORITY_WEIGHT: weight(1.0).describe('weight of the provider’s priority'),
    LOOPGPT_SCORE_PRICE_WEIGHT: weight(0.3).describe('weight of the price'),
    LOOPGPT_SCORE_SPEED_WEIGHT: weight(0.15).describe('weight of the delivery time'),
    LOOPGPT_SCORE_COMMISSION_WEIGHT: weight(0.2).describe('weight of the commission'),
    LOOPGPT_SCORE_AVAILABILITY_WEIGHT: weight(0.25).describe('weight of how much of the cart is served'),
    LOOPGPT_SCORE_RELIABILITY_WEIGHT: weight(0.1).describe('weight of the provider’s recent success'),
    LOOPGPT_CONFIRM_TOLERANCE_PERCENT: whole(1, 0, 100).describe(
      'how much dearer than decided a cart may have become when it is confirmed, without asking the caller',
    ),
    LOOPGPT_PREFER_DIRECT_KROGER: flag(false).describe('adds a boost to Kroger'),
    LOOPGPT_PREFER_DIRECT_WALMART: flag(false).describe('adds a boost to Walmart'),
    LOOPGPT_LANES: z
      .string()
      .default('')
      .describe('lanes with their own queue, e.g. "slow=MEALME,INSTACART"; the rest share the lane "default"'),
  },
  limits: {
    LOOPGPT_RATE_LIMIT_PER_MINUTE: whole(6000, 1, 10_000_000).describe('requests a tenant may make per minute'),
    LOOPGPT_MAX_OPEN_ROUTES: whole(20_000, 1, 10_000_000).describe('open routes beyond which new ones get 503'),
    LOOPGPT_MAX_OPEN_ROUTES_PER_TENANT: whole(5000, 1, 10_000_000).describe('of one tenant, which then gets 429'),
    LOOPGPT_TENANT_WEIGHTS: z
      .string()
      .default('')
      .describe('shares of tenants at accept and dispatch, e.g. "ten_a=3,ten_b=0.5"; 1 for all others'),
    LOOPGPT_MAX_STREAMS: whole(2000, 1, 100_000).describe('open streams of one process beyond which new ones get 503'),
    LOOPGPT_MAX_STREAMS_PER_KEY: whole(100, 1, 100_000).describe('of one API key in one process, which then gets 429'),
    LOOPGPT_MAX_WAITS: whole(2000, 1, 100_000).describe(
      'requests that wait (Prefer: wait=n) at one process beyond which more get 503',
    ),
    LOOPGPT_MAX_WAITS_PER_KEY: whole(200, 1, 100_000).describe('of one API key at one process, which then gets 429'),
    LOOPGPT_MAX_WAITS_PER_ADDRESS: whole(400, 1, 100_000).describe(
      'of one address at one process, which then gets 429; behind a proxy set LOOPGPT_TRUST_PROXY',
    ),
    LOOPGPT_KEYLESS_PER_MINUTE: whole(1200, 1, 10_000_000).describe(
      'requests without a key that one address (of IPv6 its /64) may send to one process per minute',
    ),
    LOOPGPT_REQUIRE_IDEMPOTENCY_KEY: optionalFlag().describe(
      'refuse POST /v1/routes without Idempotency-Key; true in production',
    ),
    LOOPGPT_PLAN_DEADLINE_MS: whole(30_000, 1000, 120_000).describe('time to make a plan when the caller names none'),
    LOOPGPT_PLANS_PER_HOUR: whole(5, 1, 100_000).describe('plans that one user of a tenant may have made in an hour'),
    LOOPGPT_TENANT_PLANS_PER_HOUR: whole(2000, 1, 10_000_000).describe(
      'plans that one tenant may have made in an hour',
    ),
    LOOPGPT_MAX_OPEN_PLANS: whole(2000, 1, 1_000_000).describe('open plans beyond which new ones get 503'),
    LOOPGPT_MAX_OPEN_PLANS_PER_TENANT: whole(500, 1, 1_000_000).describe('of one tenant, which then gets 429'),
    LOOPGPT_KEEP_DAYS: whole(90, 0, 3650).describe(
      'days after which closed routes and plans, their events and deliveries are deleted; 0 keeps them for ever',
    ),
    LOOPGPT_QUOTES_CONCURRENCY: whole(64, 1, 1000).describe('routes a quote worker asks for at once'),
  },
  providers: {
    LOOPGPT_ENABLE_KROGER: flag(true).describe('ask Kroger'),
    LOOPGPT_ENABLE_WALMART: flag(true).describe('ask Walmart'),
    LOOPGPT_ENABLE_MEALME: flag(true).describe('ask MealMe'),
    LOOPGPT_ENABLE_INSTACART: flag(true).describe('ask Instacart'),
    LOOPGPT_ENABLE_SALLING: flag(true).describe('ask Salling Group for food-waste offers'),
    LOOPGPT_KROGER_TIMEOUT: whole(10_000, 100, 60_000).describe('ms'),
    LOOPGPT_WALMART_TIMEOUT: whole(10_000, 100, 60_000).describe('ms'),
    LOOPGPT_MEALME_TIMEOUT: whole(8000, 100, 60_000).describe('ms'),
    LOOPGPT_INSTACART_TIMEOUT: whole(8000, 100, 60_000).describe('ms'),
    LOOPGPT_SALLING_TIMEOUT: whole(10_000, 100, 60_000).describe('ms'),
    LOOPGPT_KROGER_MOCK: optionalFlag().describe(
      'ask the simulator instead; in development true while credentials are missing',
    ),
    LOOPGPT_WALMART_MOCK: optionalFlag().describe('as above'),
    LOOPGPT_MEALME_MOCK: optionalFlag().describe('as above'),
    LOOPGPT_INSTACART_MOCK: optionalFlag().describe('as above'),
    LOOPGPT_SALLING_MOCK: optionalFlag().describe('as above'),
    LOOPGPT_ALLOW_MOCK_IN_PRODUCTION: flag(false).describe(
      'production refuses mock flags without this; answers then say simulated',
    ),
    LOOPGPT_SIMULATOR_URL: url('http:', 'https:').optional().describe('the provider simulator; npm start starts one'),
    LOOPGPT_KROGER_CALLS_PER_DAY: limit().describe(
      'product calls to Kroger that all workers together may make in a UTC day; 10000 on the real host, unlimited on the simulator',
    ),
    LOOPGPT_WALMART_CALLS_PER_DAY: limit().describe('as above; 5000 on the real host'),
    LOOPGPT_MEALME_CALLS_PER_DAY: limit().describe('as above; unlimited unless set'),
    LOOPGPT_INSTACART_CALLS_PER_DAY: limit().describe('as above; unlimited unless set'),
    LOOPGPT_SALLING_CALLS_PER_DAY: limit().describe('as above; 10000 on the real host'),
    LOOPGPT_KROGER_CALLS_PER_SECOND: limit().describe(
      'product calls that all workers together may begin in one second',
    ),
    LOOPGPT_WALMART_CALLS_PER_SECOND: limit().describe('as above'),
    LOOPGPT_MEALME_CALLS_PER_SECOND: limit().describe('as above'),
    LOOPGPT_INSTACART_CALLS_PER_SECOND: limit().describe('as above'),
    LOOPGPT_SALLING_CALLS_PER_SECOND: limit().describe('as above'),
    LOOPGPT_PROBE_SECONDS: whole(300, 0, 86_400).describe(
      'a provider that was not heard of for so long is tried with its credentials, so that health tells the truth; 0 is off',
    ),
    LOOPGPT_BUDGET_SHARE_PERCENT: whole(50, 1, 100).describe(
      'the part of a provider’s day that one tenant may use up while others call it too',
    ),
    LOOPGPT_QUOTE_CACHE_SECONDS: whole(300, 0, 300).describe('how long a cart gets the same quote; 0 is off'),
    LOOPGPT_PRODUCT_CACHE_SECONDS: whole(3600, 0, 86_400).describe('how long products are found by id; 0 is off'),
    KROGER_CLIENT_ID: secret().optional().describe('Kroger OAuth2 client id'),
    KROGER_CLIENT_SECRET: secret().optional().describe('Kroger OAuth2 client secret'),
    KROGER_ENV: z
      .enum(['production', 'certification'])
      .default('production')
      .describe('which Kroger host the credentials belong to'),
    WALMART_API_KEY: secret().optional().describe('Walmart private key: PKCS#8 PEM, or its base64 in one line'),
    WALMART_PARTNER_ID: secret().optional().describe('Walmart consumer id (UUID)'),
    WALMART_KEY_VERSION: z
      .string()
      .regex(/^[0-9]{1,4}$/)
      .default('1')
      .describe('version of the uploaded Walmart key'),
    WALMART_ENV: z.enum(['production']).default('production').describe('Walmart has no public sandbox'),
    MEALME_API_KEY: secret().optional().describe('MealMe Id-Token'),
    INSTACART_API_KEY: secret().optional().describe('Instacart key, keys.…'),
    SALLING_GROUP_API_KEY: secret().optional().describe('Salling Group token, SG_APIM_…'),
    KROGER_BASE_URL: url('http:', 'https:')
      .optional()
      .describe('asked instead of the provider’s own host, e.g. an egress gateway'),
    WALMART_BASE_URL: url('http:', 'https:').optional().describe('as above'),
    MEALME_BASE_URL: url('http:', 'https:').optional().describe('as above'),
    INSTACART_BASE_URL: url('http:', 'https:').optional().describe('as above'),
    SALLING_BASE_URL: url('http:', 'https:').optional().describe('as above'),
  },
  ai: planningEnvironment,
  nutrition: nutritionEnvironment,
  playlists: playlistEnvironment,
  notifications: notificationsEnvironment,
  operators: opsEnvironment,
} as const;
