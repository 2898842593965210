import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';

/** The stores of one run: started for it, in a directory of their own, gone after it. */
export interface Stores {
  redisUrl: string | null;
  kafkaBrokers: string | null;
  kafkaPid: number | null;
  /** What cannot be had here, a sentence each. */
  missing: string[];
  /** A database of its own; answers its URL. */
  createDatabase(): Promise<string>;
  /** The median time of one small durable commit, in ms. */
  commitMs(): Promise<number>;
  stop(): Promise<void>;
}

interface Part {
  /** Why it cannot be had; the other fields are then left out. */
  missing?: string;
  url?: string;
  brokers?: string;
  pid?: number;
  stop?(): Promise<void>;
}

/** The starters that `npm start` and `npm run stack` use; plain modules outside the build. */
async function dev<T>(file: string): Promise<T> {
  return (await import(pathToFileURL(join(process.cwd(), 'dev', 'lib', file)).href)) as T;
}

/** PostgreSQL always; Redis and Kafka when `wanted` and where they can be had. Throws when PostgreSQL does not start, nothing left running. */
export async function startStores(wanted: { redis: boolean; kafka: boolean }): Promise<Stores> {
  const dir = mkdtempSync(join(tmpdir(), 'loopgpt-bench-'));
  chmodSync(dir, 0o755); // PostgreSQL's own user has to pass through
  const parts: Part[] = [];
  const stop = async () => {
    for (const part of parts.reverse()) await part.stop?.();
    rmSync(dir, { recursive: true, force: true });
  };
  const keep = async (starting: Promise<Part>): Promise<Part> => {
    const part = await starting;
    parts.push(part);
    return part;
  };
  try {
    const postgres = await keep(startPostgres(join(dir, 'postgres')));
    const redis = wanted.redis ? await keep(startRedis(join(dir, 'redis'))) : {};
    const kafka = wanted.kafka ? await keep(startKafka(join(dir, 'kafka'))) : {};
    const admin = new Client({ connectionString: postgres.url });
    await admin.connect();
    parts.push({ stop: () => admin.end() });
    return {
      redisUrl: redis.url ?? null,
      kafkaBrokers: kafka.brokers ?? null,
      kafkaPid: kafka.pid ?? null,
      missing: [redis.missing, kafka.missing].filter((sentence) => sentence !== undefined),
      createDatabase: () => createDatabase(admin, postgres.url!),
      commitMs: () => medianCommitMs(admin),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createDatabase(admin: Client, server: string): Promise<string> {
  const name = `bench_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}

/** Started twice: whether commits keep their time can be set only before a start. */
async function startPostgres(dir: string): Promise<Part> {
  type Start = (dir: string, options: { maxConnections: number }) => Promise<{ url: string; stop(): Promise<void> }>;
  const start = (await dev<{ startPostgres: Start }>('postgres.mjs')).startPostgres;
  const first = await start(dir, { maxConnections: 200 });
  const client = new Client({ connectionString: first.url });
  await client.connect();
  await client.query('ALTER SYSTEM SET track_commit_timestamp = on');
  await client.end();
  await first.stop();
  return start(dir, { maxConnections: 200 });
}

async function startRedis(dir: string): Promise<Part> {
  return (await dev<{ startRedis(dir: string): Promise<Part> }>('redis.mjs')).startRedis(dir);
}

async function startKafka(dir: string): Promise<Part> {
  return (await dev<{ startKafka(dir: string): Promise<Part> }>('kafka.mjs')).startKafka(dir);
}

const COMMITS = 60;

async function medianCommitMs(client: Client): Promise<number> {
  await client.query('CREATE TABLE flushed (n int)');
  const times: number[] = [];
  for (let n = 0; n < COMMITS; n++) {
    const from = performance.now();
    await client.query('INSERT INTO flushed VALUES ($1)', [n]);
    times.push(performance.now() - from);
  }
  return times.sort((left, right) => left - right)[COMMITS / 2]!;
}
