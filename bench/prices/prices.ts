import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { MIGRATIONS } from '../../migrations/migrations.js';
import { newId } from '../../src/common/ids.js';
import { ChecksRepository } from '../../src/modules/prices/checking/checks.repository.js';
import { unitMicrosOf } from '../../src/modules/prices/deciding/observation.js';
import { judgePrice } from '../../src/modules/prices/deciding/verdict.js';
import {
  ObservationsRepository,
  type Observation,
} from '../../src/modules/prices/observing/observations.repository.js';
import { Database, prepareDatabase } from '../../src/platform/database/database.js';
import { Metrics } from '../../src/platform/telemetry/metrics.js';
import { readConfig } from '../../src/read-config.js';
import { percentile } from '../statistics.js';
import { startStores } from '../support/stores.js';

/**
 * How fast prices are kept and judged over many of them: two years of 50,000 products of 100 tenants, by the product's own statements on
 * the embedded PostgreSQL, as its own roles under row-level security; then the same on one plain table with the same rows and indexes.
 */
const USAGE = 'usage: npm run bench:prices -- [--rows 10000000, at least 2000000]';
const PRODUCTS = 50_000;
const TENANTS = 100;
const DAYS = 730;
const CHECKS = 2000;
const WARM = 200;
const WRITE_SECONDS = 8;
const BATCH = 500;
const PACK = { amount: 1000, unit: 'g' as const };
const DAY_MS = 86_400_000;

const tenantOf = (product: number): string => `ten_${product % TENANTS}`;
const keyOf = (product: number): string => `prd_${String(product).padStart(26, '0')}`;
const any = (): number => Math.floor(Math.random() * PRODUCTS);
const day = (ago: number): string => new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rows: { type: 'string', default: '10000000' } } });
  const each = Math.round(Number(values.rows) / PRODUCTS);
  if (!(each >= 40 && each <= 2000)) throw new Error(USAGE);
  const stores = await startStores({ redis: false, kafka: false });
  try {
    const url = await stores.createDatabase();
    const config = readConfig({ LOOPGPT_ENV: 'test', DATABASE_URL: url });
    await prepareDatabase(config, MIGRATIONS);
    const admin = new Client({ connectionString: url });
    await admin.connect();
    const database = await Database.connect(config, new Metrics());
    try {
      console.log(`${cpus().length} cores, Node.js ${process.versions.node}, load average ${loadavg()[0]!.toFixed(2)}`);
      const from = performance.now();
      await fill(admin, each);
      console.log(
        `${each * PRODUCTS} rows twice, with indexes, in ${((performance.now() - from) / 1000).toFixed(0)} s`,
      );
      await measure('by month', admin, database);
      // The same names, so that the same statements go to the other table.
      await admin.query('ALTER TABLE price_observations RENAME TO price_observations_by_month');
      await admin.query('ALTER TABLE plain_observations RENAME TO price_observations');
      await measure('plain', admin, database);
    } finally {
      await database.close();
      await admin.end();
    }
  } finally {
    await stores.stop();
  }
}

/** In the order of time, as prices come: on each of the days one of every product. Indexed afterwards, which is no part of what is measured. */
async function fill(admin: Client, each: number): Promise<void> {
  await admin.query(`SET maintenance_work_mem = '1GB'`);
  const { rows: indexes } = await admin.query<{ name: string; sql: string }>(
    `SELECT indexname AS name, indexdef AS sql FROM pg_indexes WHERE tablename = 'price_observations'`,
  );
  for (const { name } of indexes) await admin.query(`DROP INDEX ${name}`);
  for (let ago = 0; ago <= DAYS + 31; ago += 28) await admin.query('SELECT price_month($1::date)', [day(ago)]);
  await admin.query(
    `INSERT INTO tenants (id, name) SELECT 'ten_' || n, 'ten_' || n FROM generate_series(0, $1::int - 1) n`,
    [TENANTS],
  );
  await admin.query(
    `INSERT INTO priced_products (tenant_id, key, name, words)
     SELECT 'ten_' || p % $2, 'prd_' || lpad(p::text, 26, '0'), 'Product ' || p, ARRAY['product', p::text]
     FROM generate_series(0, $1::int - 1) p`,
    [PRODUCTS, TENANTS],
  );
  await admin.query(
    `INSERT INTO price_observations
     SELECT 'obs_' || lpad((k * $1::int + p)::text, 26, '0'), 'ten_' || p % $2, 'prd_' || lpad(p::text, 26, '0'),
       'shop' || p % 7 || '/' || k % 3, CASE WHEN k % 4 = 0 THEN 'paid' ELSE 'quoted' END, on_day, on_day + interval '12 hours',
       cents, 'USD', 1000, 'g', cents * 1000, NULL, 'bench', 'ref_' || lpad(k::text, 10, '0')
     FROM generate_series(0, $3::int - 1) k CROSS JOIN generate_series(0, $1::int - 1) p
       CROSS JOIN LATERAL (SELECT current_date - (k * $4::int / $3::int) AS on_day, 300 + (p * 31 + k * 17) % 200 AS cents) price`,
    [PRODUCTS, TENANTS, each, DAYS],
  );
  await admin.query('CREATE TABLE plain_observations (LIKE price_observations INCLUDING ALL)');
  await admin.query('INSERT INTO plain_observations SELECT * FROM price_observations ORDER BY observed_on');
  for (const { name, sql } of indexes) {
    const definition = sql.slice(sql.indexOf(' USING '));
    const unique = sql.startsWith('CREATE UNIQUE') ? 'UNIQUE' : '';
    await admin.query(`CREATE ${unique} INDEX ${name} ON price_observations${definition}`);
    await admin.query(`CREATE ${unique} INDEX ${name}_plain ON plain_observations${definition}`);
  }
  await admin.query(`ALTER TABLE plain_observations ENABLE ROW LEVEL SECURITY`);
  await admin.query(`ALTER TABLE plain_observations FORCE ROW LEVEL SECURITY`);
  await admin.query(`CREATE POLICY one ON plain_observations TO loopgpt_app
    USING (tenant_id = current_setting('loopgpt.tenant_id', true)) WITH CHECK (tenant_id = current_setting('loopgpt.tenant_id', true))`);
  await admin.query('CREATE POLICY all_of ON plain_observations TO loopgpt_worker USING (true) WITH CHECK (true)');
  await admin.query('GRANT SELECT, INSERT, UPDATE, DELETE ON plain_observations TO loopgpt_app, loopgpt_worker');
  await admin.query('VACUUM ANALYZE price_observations');
  await admin.query('VACUUM ANALYZE plain_observations');
  await admin.query('CHECKPOINT');
}

async function measure(name: string, admin: Client, database: Database): Promise<void> {
  const checks = await checkTimes(database);
  const at = (share: number) => percentile(checks.times, share)!.toFixed(1);
  console.log(
    `${name}: price-check p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms over ${checks.seen.toFixed(0)} observations each`,
  );
  const together = await checkTimes(database, 8);
  const busy = (share: number) => percentile(together.times, share)!.toFixed(1);
  console.log(`${name}: of eight at once p50 ${busy(0.5)} ms, p95 ${busy(0.95)} ms`);
  console.log(`${name}: ${(await written(database, true)).toFixed(0)} new prices a second written`);
  console.log(`${name}: ${(await written(database, false)).toFixed(0)} prices a second found not to have moved`);
  const from = performance.now();
  await admin.query(
    name === 'plain'
      ? `DELETE FROM price_observations WHERE observed_on < date_trunc('month', current_date - interval '23 months')`
      : `SELECT price_months_before((current_date - interval '23 months')::date)`,
  );
  console.log(`${name}: the oldest months forgotten in ${(performance.now() - from).toFixed(0)} ms`);
}

/** A check as the API makes it, without HTTP: one statement as the tenant, and the verdict. */
async function checkTimes(database: Database, atOnce = 1): Promise<{ times: number[]; seen: number }> {
  const checks = new ChecksRepository(database);
  const asked = { ...PACK, currency: 'USD', unitMicros: unitMicrosOf(350, PACK) };
  const times: number[] = [];
  let seen = 0;
  let done = 0;
  const one = async (): Promise<void> => {
    while (done < CHECKS + WARM) {
      const isWarm = done++ >= WARM;
      const product = any();
      const from = performance.now();
      const [known] = await checks.seen(tenantOf(product), [keyOf(product)], day(365));
      const judged = judgePrice(asked, known!.seen, day(0));
      if (judged.n === 0 || judged.verdict === 'unknown') throw new Error(`nothing is known of ${keyOf(product)}`);
      if (!isWarm) continue;
      times.push(performance.now() - from);
      seen += judged.n;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return { times: times.toSorted((a, b) => a - b), seen: seen / times.length };
}

/** Batches as the listener of quotes hands them over, one after the other. Answers how many prices a second. */
async function written(database: Database, isMoving: boolean): Promise<number> {
  const observations = new ObservationsRepository();
  const until = performance.now() + WRITE_SECONDS * 1000;
  const from = performance.now();
  let products = Array.from({ length: BATCH }, any);
  let count = 0;
  for (let round = 0; performance.now() < until; round++) {
    if (isMoving) products = Array.from({ length: BATCH }, any);
    const rows = [...new Set(products)].map((product) => rowOf(product, isMoving ? 500 + (round % 400) : 299, round));
    await database.system((tx) => observations.insertMoved(tx, rows));
    count += rows.length;
  }
  return (count * 1000) / (performance.now() - from);
}

function rowOf(product: number, cents: number, round: number): Observation {
  return {
    ...PACK,
    id: newId('obs'),
    tenantId: tenantOf(product),
    productKey: keyOf(product),
    storeKey: `shop${product % 7}`,
    kind: 'quoted',
    observedOn: day(0),
    lastSeen: new Date(Date.now() + round).toISOString(),
    cents,
    currency: 'USD',
    unitMicros: unitMicrosOf(cents, PACK),
    regularCents: null,
    source: 'quote',
    sourceRef: newId('req'),
  };
}

main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exit(1);
});
