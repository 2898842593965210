import {
  createPostgresBackend,
  createRedisBackend,
  quoteSchemaName,
  runMigrations,
  setDefaultBackendFactory,
  type BackendFactory,
  type ConnectionOptions,
  type PostgresQueueBackend,
  type RedisQueueBackend,
} from 'bullmq';
import type { Redis } from 'ioredis';
import { Pool, type ClientConfig } from 'pg';
import type { Config } from '../config.js';
import { STATEMENT_LIMITS } from '../platform/database/database.js';
import { loginOf } from '../platform/database/logins.js';
import { StoreClient } from '../platform/database/store.client.js';

const SCHEMA = 'bullmq';

/** First TCP keep-alive probe of a silent connection to Redis. */
const KEEP_ALIVE_MS = 5000;
/** A socket on which a command waits and nothing comes for this long is dead, whatever TCP says. */
const SILENCE_MS = 3000;
/** BullMQ waits for a job this long at most, in silence, on a worker's second connection. */
const LONGEST_BLOCK_MS = 10_000;

/** Beside those that listen. Larger pools were slower and exhaust max_connections. */
const POOL_SIZE = 8;

/** Makes or updates the queues' own tables where they live in PostgreSQL. Before the first queue is opened. */
export async function prepareQueues(config: Config): Promise<void> {
  if (config.values.REDIS_URL) return;
  const client = new StoreClient(loginOf(config, 'loopgpt_worker'));
  await client.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    await client.end();
  }
}

/** A pool and how many queues and workers of this process use it. */
interface Shared {
  pool: Pool;
  users: number;
}
/** By what they connect to. */
const pools = new Map<string, Shared>();

/**
 * BullMQ's PostgreSQL backend on connections of our own kind, which all queues of the process share: few busy ones are kept and know
 * every statement, where many were opened and closed again all the time. Given a pool, a worker takes its listening connection from
 * there, so each of them adds one, and the end of it is left to us.
 */
const postgresBackend: BackendFactory<PostgresQueueBackend, ClientConfig> = (name, opts, options) => {
  const used = join(opts.connection as ClientConfig);
  const listeners = options?.withBlockingConnection ? 1 : 0;
  used.pool.options.max += listeners;
  const backend = createPostgresBackend(name, { ...opts, connection: used.pool }, options) as PostgresQueueBackend;
  asksOnce(backend);
  const close = backend.close.bind(backend);
  const leave = async (force?: boolean) => {
    await close(force);
    used.pool.options.max -= listeners;
    if (--used.users === 0) await end(used);
  };
  let ended: Promise<void> | undefined;
  backend.close = (force) => (ended ??= leave(force));
  return backend;
};

/** What a worker is told of its next job, of a delay, and of a limit of its own. */
interface Claiming {
  buildNextJobResult(rows: readonly unknown[], limiterMax: number | null, now: number): Promise<unknown> | unknown[];
}

/**
 * A worker that finds no job asks when the next delayed one is due and then goes to wait, which asks the same again: of a route's
 * statements every seventh. Without a limit of its own the first answer changes nothing.
 */
function asksOnce(backend: PostgresQueueBackend): void {
  const claiming = backend as unknown as Claiming;
  const told = claiming.buildNextJobResult.bind(backend);
  claiming.buildNextJobResult = (rows, limiterMax, now) =>
    rows.length > 0 || limiterMax !== null ? told(rows, limiterMax, now) : [null, '', 0, 0];
}

function join(login: ClientConfig): Shared {
  const key = login.connectionString ?? [login.host, login.port, login.database, login.user].join(' ');
  const used = pools.get(key) ?? { pool: poolFor(login), users: 0 };
  pools.set(key, used);
  used.users++;
  return used;
}

function end(used: Shared): Promise<void> {
  for (const [key, one] of pools) if (one === used) pools.delete(key);
  return used.pool.end();
}

/** Every queue and worker listens for its errors. */
const poolFor = (login: ClientConfig): Pool =>
  new Pool({
    ...login,
    ...STATEMENT_LIMITS,
    Client: StoreClient,
    max: POOL_SIZE,
    connectionTimeoutMillis: 5000,
    application_name: 'loopgpt queues',
    options: `-c search_path=${quoteSchemaName(SCHEMA)}`,
  }).setMaxListeners(0);

/** A worker's two connections are opened with the same options, though only the second is silent by design. */
const redisBackend: BackendFactory<RedisQueueBackend> = (name, opts, options) => {
  const backend = createRedisBackend(name, opts, options);
  const hasten = (client: unknown) => {
    (client as Redis).options.socketTimeout = SILENCE_MS;
  };
  if (options?.withBlockingConnection) backend.client.then(hasten, () => undefined); // failed: BullMQ tells its queue
  return backend;
};

/**
 * Where the queues live: Redis when REDIS_URL is set, otherwise BullMQ's PostgreSQL backend in schema `bullmq` of our database.
 */
export function queueConnection(config: Config, side: 'producer' | 'worker'): ConnectionOptions {
  const { REDIS_URL } = config.values;
  if (!REDIS_URL) {
    setDefaultBackendFactory(postgresBackend);
    // The backend's own type is not part of ConnectionOptions.
    return loginOf(config, 'loopgpt_worker') as unknown as ConnectionOptions;
  }
  // A producer answers at once when Redis is away (the relay adds the job later); a worker waits for it for ever.
  // BullMQ's own pause before it connects again grows to 20 s, longer than most routes live.
  const shared = {
    url: REDIS_URL,
    connectTimeout: 2000,
    keepAlive: KEEP_ALIVE_MS,
    retryStrategy: (times: number) => Math.min(times * 100, 1000),
  };
  setDefaultBackendFactory(redisBackend);
  return side === 'producer'
    ? { ...shared, maxRetriesPerRequest: 1, enableOfflineQueue: false, socketTimeout: SILENCE_MS }
    : { ...shared, maxRetriesPerRequest: null, socketTimeout: LONGEST_BLOCK_MS + SILENCE_MS };
}

/** The BullMQ queue that carries a lane's quotes. */
export function laneQueue(lane: string): string {
  return lane === DEFAULT_LANE ? 'quotes' : `quotes-${lane}`;
}

export const DEFAULT_LANE = 'default';
