import { createPostgresBackend, setDefaultBackendFactory, type ConnectionOptions } from 'bullmq';
import type { Config } from '../config.js';
import { loginOf } from '../platform/database/logins.js';

/**
 * Where the queues live: Redis when REDIS_URL is set, otherwise BullMQ's PostgreSQL backend in schema `bullmq` of our database.
 * Pools larger than 4 were slower there and exhaust max_connections.
 */
export function queueConnection(config: Config, side: 'producer' | 'worker'): ConnectionOptions {
  const { REDIS_URL } = config.values;
  if (!REDIS_URL) {
    setDefaultBackendFactory(createPostgresBackend as unknown as Parameters<typeof setDefaultBackendFactory>[0]);
    const login = loginOf(config, 'loopgpt_worker');
    // The backend's own type is not part of ConnectionOptions; it is what createPostgresBackend documents.
    return { ...login, schema: 'bullmq', migrate: true, max: 4 } as unknown as ConnectionOptions;
  }
  // A producer answers at once when Redis is away (the relay adds the job later); a worker waits for it for ever.
  // BullMQ's own pause before it connects again grows to 20 s, longer than most routes live.
  const shared = {
    url: REDIS_URL,
    connectTimeout: 2000,
    retryStrategy: (times: number) => Math.min(times * 100, 1000),
  };
  return side === 'producer'
    ? { ...shared, maxRetriesPerRequest: 1, enableOfflineQueue: false }
    : { ...shared, maxRetriesPerRequest: null };
}

/** The BullMQ queue that carries a lane's quotes. */
export function laneQueue(lane: string): string {
  return lane === DEFAULT_LANE ? 'quotes' : `quotes-${lane}`;
}

export const DEFAULT_LANE = 'default';
