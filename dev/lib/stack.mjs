// The stores: embedded PostgreSQL always, real Redis, PostgreSQL and Kafka where they can be had.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from './kafka.mjs';
import { startPostgres } from './postgres.mjs';
import { systemBinaries } from './postgres-binaries.mjs';
import { startRedis } from './redis.mjs';

/** Starts them in a directory of their own. Answers {env, kafkaPid, missing, stop}; what cannot be had is named in `missing`. */
export async function startStack({ real = false } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'loopgpt-stack-'));
  chmodSync(dir, 0o755);
  const parts = real
    ? await Promise.all([
        systemPostgres(join(dir, 'pg')),
        startRedis(join(dir, 'redis')),
        startKafka(join(dir, 'kafka')),
      ])
    : [{ missing: null }, null, null];
  const [system, redis, kafka] = parts;
  const postgres = system.url ? system : await startPostgres(join(dir, 'embedded'), { maxConnections: 400 });
  const env = { DATABASE_URL: postgres.url };
  if (redis?.url) env.REDIS_URL = redis.url;
  if (kafka?.brokers) env.KAFKA_BROKERS = kafka.brokers;
  return {
    env,
    kafkaPid: kafka?.pid,
    missing: [system, redis, kafka].flatMap((part) => part?.missing ?? []),
    stop: async () => {
      await Promise.all([postgres, redis, kafka].map((part) => part?.stop?.()));
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL as the system ships it, in a cluster of our own. */
async function systemPostgres(dir) {
  const binaries = systemBinaries();
  if (!binaries) return { missing: 'PostgreSQL: no server binaries; the embedded one is used' };
  return startPostgres(dir, { maxConnections: 400, binaries });
}
