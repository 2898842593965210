import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { MIGRATIONS } from '../../migrations/migrations.js';
import { readConfig } from '../../src/read-config.js';
import { Database, prepareDatabase } from '../../src/platform/database/database.js';
import { Metrics } from '../../src/platform/telemetry/metrics.js';

/**
 * Real stores for one test file: a database of its own on the server named by TEST_DATABASE_URL, and prefixes of its own in Redis
 * and Kafka where TEST_REDIS_URL and TEST_KAFKA_BROKERS name them. `npm test` starts what is missing.
 */
export interface Stores {
  env: Record<string, string>;
  /** The owner's connection, for looking at rows from outside the application. */
  adminUrl: string;
  drop(): Promise<void>;
}

export async function createStores(): Promise<Stores> {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) throw new Error('TEST_DATABASE_URL is missing: run the suites with "npm test"');
  const name = `loopgpt_test_${randomBytes(5).toString('hex')}`;
  await withClient(server, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  const env: Record<string, string> = { DATABASE_URL: url.toString(), ...(await roleUrls(url)) };
  // The suites ask for more in a minute than anybody without a key may.
  env.LOOPGPT_KEYLESS_PER_MINUTE = '1000000';
  if (process.env.TEST_REDIS_URL) {
    env.REDIS_URL = process.env.TEST_REDIS_URL;
    env.LOOPGPT_REDIS_PREFIX = name;
  }
  if (process.env.TEST_KAFKA_BROKERS) {
    env.KAFKA_BROKERS = process.env.TEST_KAFKA_BROKERS;
    env.LOOPGPT_KAFKA_PREFIX = `${name}.`;
  }
  return {
    env,
    adminUrl: url.toString(),
    drop: () => withClient(server, async (client) => void (await client.query(`DROP DATABASE ${name} WITH (FORCE)`))),
  };
}

/** Roles are the server's, and suites run under many secret keys: so their passwords are made from none. */
async function roleUrls(database: URL): Promise<Record<string, string>> {
  const urls = new Map<string, string>();
  for (const [variable, role] of [
    ['DATABASE_APP_URL', 'loopgpt_app'],
    ['DATABASE_WORKER_URL', 'loopgpt_worker'],
  ] as const) {
    const url = new URL(database);
    [url.username, url.password] = [role, 'of-the-suites'];
    urls.set(variable, url.toString());
    await withClient(url.toString(), async () => undefined).catch(() =>
      withClient(database.toString(), async (client) => {
        const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
        const known = rowCount! > 0;
        await client.query(`${known ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN PASSWORD 'of-the-suites'`);
      }),
    );
  }
  return Object.fromEntries(urls);
}

/** Their database, migrated, with two tenants: `ten_a` and `ten_b`. */
export async function migrated(stores: Stores): Promise<Database> {
  const config = readConfig({ LOOPGPT_ENV: 'test', ...stores.env });
  await prepareDatabase(config, MIGRATIONS);
  const database = await Database.connect(config, new Metrics());
  await database.query(`INSERT INTO tenants (id, name) VALUES ('ten_a', 'A'), ('ten_b', 'B')`);
  return database;
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Rows as the owner of the database sees them when row-level security lets it: through a superuser. */
export function rowsOf<T extends object>(url: string, sql: string, params: unknown[] = []): Promise<T[]> {
  return withClient(url, async (client) => (await client.query<T>(sql, params)).rows);
}

/** Every row of every table, as text; the queues' schema too. */
export function everyRow(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'bullmq')`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`);
      texts.push(...rows.map((row) => row.text));
    }
    return texts.join('\n');
  });
}
