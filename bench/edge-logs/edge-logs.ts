import { cpus, loadavg } from 'node:os';
import { Client } from 'pg';
import { MIGRATIONS } from '../../migrations/migrations.js';
import { readConfig } from '../../src/read-config.js';
import { prepareDatabase } from '../../src/platform/database/database.js';
import { percentile } from '../statistics.js';
import { startStores } from '../support/stores.js';
import { OPERATOR_QUERIES } from './queries.js';

/** How long operators' queries take over many rows: thirty days of them, one decision to four answers, on the embedded PostgreSQL. */
const USAGE = 'usage: npm run bench:edge-logs -- [rows, 10000000 unless told]';
const RUNS = 5;

async function main(): Promise<void> {
  const rows = Number(process.argv[2] ?? 10_000_000);
  if (!Number.isInteger(rows) || rows < 1 || rows > 100_000_000) throw new Error(USAGE);
  const stores = await startStores({ redis: false, kafka: false });
  try {
    const url = await stores.createDatabase();
    await prepareDatabase(readConfig({ LOOPGPT_ENV: 'test', DATABASE_URL: url }), MIGRATIONS);
    const client = new Client({ connectionString: url });
    await client.connect();
    await fill(client, rows);
    console.log(
      `${cpus().length} cores, Node.js ${process.versions.node}, load average ${loadavg()[0]!.toFixed(2)}; ${rows} rows`,
    );
    await client.query('SET ROLE loopgpt_operator');
    const lastDay = OPERATOR_QUERIES.latencyByProvider.replace(
      'WHERE',
      `WHERE timestamp > NOW() - INTERVAL '24 hours' AND`,
    );
    for (const [name, sql] of Object.entries({ ...OPERATOR_QUERIES, latencyByProviderOfTheLastDay: lastDay })) {
      const times = await timesOf(client, sql);
      console.log(`${name}: median ${percentile(times, 0.5)!.toFixed(0)} ms, most ${Math.max(...times).toFixed(0)} ms`);
    }
    await client.end();
  } finally {
    await stores.stop();
  }
}

/** In the order of time, as they come; every fifth is a decision and every 25th an error. */
async function fill(client: Client, rows: number): Promise<void> {
  await client.query(
    `INSERT INTO edge_log_entries (at, latency_ms, total_cents, kind, provider_id)
     SELECT now() - interval '30 days' * (1 - n::float8 / $1), 20 + random() * 1000, (2000 + random() * 5000)::int,
       (CASE WHEN n % 5 = 0 THEN 'd' WHEN n % 25 = 1 THEN 'e' ELSE 's' END)::"char",
       (ARRAY['KROGER_API', 'WALMART_API', 'MEALME', 'INSTACART'])[1 + n % 4]
     FROM generate_series(1, $1::int) n`,
    [rows],
  );
  await client.query('VACUUM ANALYZE edge_log_entries');
}

async function timesOf(client: Client, sql: string): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const from = performance.now();
    await client.query(sql);
    times.push(performance.now() - from);
  }
  return times;
}

main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exit(1);
});
