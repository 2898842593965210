import { Child } from './support/child.js';
import { startProduct } from './support/product.js';
import type { Stores } from './support/stores.js';

/** What is compared. Every system is one process that listens, asks the same providers and closes routes in its own database. */

export const SYSTEM_NAMES = ['ours-kafka', 'ours-embedded', 'flow', 'fanout'] as const;
export type SystemName = (typeof SYSTEM_NAMES)[number];

/** What serves the load: a process, or several that are measured and stopped as one. */
export type Serving = Pick<Child, 'ready' | 'cpuMs' | 'stop'>;

export interface System {
  name: string;
  /** Which stores it needs beside PostgreSQL. */
  redis: boolean;
  kafka: boolean;
  /** Starts it afresh. */
  start(stores: Stores, databaseUrl: string, providersUrl: string): Promise<Serving>;
  /** Of $1, a reference: how many routes are closed, as `closed`. */
  closedSql: string;
  /** Of $1, a reference: `StoredRoute` for each route. */
  storedSql: string;
}

/** The routes' own quorum is all three providers that quote, so the slowest of them is always the one waited for. */
export const AWAITED = 3;

const COMMITTED = (row: string) =>
  `(extract(epoch FROM pg_xact_commit_timestamp(${row}.xmin)) * 1000)::float8 AS "closedAtMs"`;

/** How the product's tables tell what became of a load. */
export const OURS = {
  closedSql: `SELECT count(*)::int AS closed FROM routes WHERE reference = $1 AND status <> 'open'`,
  // A route is closed when its row says so and one event announces it: the two are one transaction.
  storedSql: `
    SELECT r.id, CASE WHEN r.status = 'open' THEN 0 ELSE (SELECT count(*)::int FROM events e WHERE e.subject = r.id) END AS terminals,
      CASE WHEN r.status = 'open' THEN NULL ELSE c."closedAtMs" END AS "closedAtMs",
      COALESCE(jsonb_array_length(r.outcome->'counted') = ${AWAITED}, false) AS complete,
      ARRAY(SELECT q.result->'offer'->>'providerReference' FROM quotes q WHERE q.route_id = r.id AND NOT q.late) AS references
    FROM routes r CROSS JOIN LATERAL (SELECT ${COMMITTED('r')}) c WHERE r.reference = $1`,
};

const PEER = {
  closedSql: `SELECT count(*)::int AS closed FROM outcomes o JOIN routes r ON r.id = o.route_id WHERE r.reference = $1`,
  storedSql: `
    SELECT r.id, count(o.route_id)::int AS terminals, max(c."closedAtMs") AS "closedAtMs",
      COALESCE(bool_and(jsonb_array_length(jsonb_path_query_array(o.outcome, '$.answers[*].result ? (@.ok == true)')) = ${AWAITED}), false)
        AS complete,
      COALESCE(max(ARRAY(SELECT a->'result'->'offer'->>'providerReference' FROM jsonb_array_elements(o.outcome->'answers') a)), '{}')
        AS references
    FROM routes r LEFT JOIN outcomes o ON o.route_id = r.id CROSS JOIN LATERAL (SELECT ${COMMITTED('o')}) c
    WHERE r.reference = $1 GROUP BY r.id`,
};

/** Instacart gives links and is never waited for, so nobody is asked for one. */
const NO_LINKS = { LOOPGPT_ENABLE_INSTACART: 'false' };

const shared = (databaseUrl: string, providersUrl: string): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  LOOPGPT_SIMULATOR_URL: providersUrl,
  ...NO_LINKS,
});

export const ours = (databaseUrl: string, providersUrl: string, tier: Record<string, string>): Promise<Child> =>
  startProduct(databaseUrl, providersUrl, {
    ...NO_LINKS,
    LOOPGPT_QUOTES_CONCURRENCY: '256',
    LOOPGPT_QUOTE_CACHE_SECONDS: '0',
    LOOPGPT_PRODUCT_CACHE_SECONDS: '0',
    ...tier,
  });

export const SYSTEMS: readonly (System & { name: SystemName })[] = [
  {
    name: 'ours-kafka',
    redis: true,
    kafka: true,
    ...OURS,
    start: (stores, databaseUrl, providersUrl) =>
      ours(databaseUrl, providersUrl, {
        REDIS_URL: stores.redisUrl!,
        KAFKA_BROKERS: stores.kafkaBrokers!,
      }),
  },
  {
    name: 'ours-embedded',
    redis: false,
    kafka: false,
    ...OURS,
    start: (_stores, databaseUrl, providersUrl) => ours(databaseUrl, providersUrl, {}),
  },
  {
    name: 'flow',
    redis: true,
    kafka: false,
    ...PEER,
    start: (stores, databaseUrl, providersUrl) =>
      Child.start('bench/peers/flow', {
        ...shared(databaseUrl, providersUrl),
        REDIS_URL: stores.redisUrl!,
      }),
  },
  {
    name: 'fanout',
    redis: false,
    kafka: false,
    ...PEER,
    start: (_stores, databaseUrl, providersUrl) => Child.start('bench/peers/fanout', shared(databaseUrl, providersUrl)),
  },
];
