// The stores: embedded PostgreSQL always, real Redis, PostgreSQL and Kafka where they can be had.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from './kafka.mjs';
import { freePort, startPostgres } from './postgres.mjs';
import { end, listening, startRedis } from './redis.mjs';

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
  const bin = binaries();
  if (!bin) return { missing: 'PostgreSQL: no server binaries; the embedded one is used' };
  const root = process.getuid?.() === 0;
  const as = (command, args) => (root ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args]);
  if (root) spawnSync('install', ['-d', '-o', 'postgres', dir]);
  const init = spawnSync(
    ...as(join(bin, 'initdb'), ['-D', dir, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']),
  );
  if (init.status !== 0) return { missing: 'PostgreSQL: initdb failed; the embedded one is used' };
  const port = await freePort();
  const options = ['-D', dir, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='];
  const child = spawn(...as(join(bin, 'postgres'), [...options, '-c', 'max_connections=400']), { stdio: 'ignore' });
  await listening(port);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      spawnSync(...as(join(bin, 'pg_ctl'), ['-D', dir, '-m', 'fast', '-w', 'stop']));
      await end(child);
    },
  };
}

function binaries() {
  const base = '/usr/lib/postgresql';
  if (!existsSync(base)) return null;
  const versions = readdirSync(base).sort((left, right) => Number(right) - Number(left));
  return versions.map((version) => join(base, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb'))) ?? null;
}
