import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { csvRows } from '../../src/common/csv.js';
import { trigramsOf } from '../../src/modules/orders/history/known-products.js';
import { dataFile } from '../../src/platform/data-file.js';
import { stemOf } from '../../src/modules/providers/matching/likeness.js';
import { percentile } from '../statistics.js';
import { Child } from '../support/child.js';
import { startProduct } from '../support/product.js';
import { startStores } from '../support/stores.js';

/** How long it takes over HTTP to search the products of one tenant by words, and to read one. Embedded PostgreSQL; ends by itself. */
const USAGE = 'usage: npm run bench:products -- [--products 100000] [--searches 1000]';
const TENANT = 'ten_development';
const BATCH = 5000;
const WARM_UP = 100;

/** Names of the shipped catalogue under other brands and in other sizes, so that words are as frequent as they are on shelves. */
function namesOf(count: number): string[] {
  const sold = csvRows(dataFile('catalogue', 'products.csv')).map(({ type, variant }) => `${variant} ${type}`.trim());
  const kinds = [...new Set(sold)];
  const brands = kinds.flatMap((kind) => kind.split(' ')).filter((word) => word.length > 3);
  return Array.from({ length: count }, (_, n) => {
    const [kind, brand, second] = [
      kinds[n % kinds.length]!,
      brands[(n * 7) % brands.length]!,
      (n * 13) % brands.length,
    ];
    return `${brand} ${brands[second]!} ${kind}, ${1 + (n % 64)} oz`;
  });
}

async function fill(database: Client, names: readonly string[]): Promise<string[]> {
  for (let at = 0; at < names.length; at += BATCH) {
    const rows = names.slice(at, at + BATCH).map((name, n) => {
      const id = `prd_01JD3YQ8Q6Z0M3V4${String(at + n).padStart(10, '0')}`;
      return { id, name, trigrams: trigramsOf(name), stem: stemOf(name) };
    });
    await database.query(
      `INSERT INTO products (id, tenant_id, retailer, name, is_named, trigrams, stem)
       SELECT "id", $1, 'walmart', "name", true, "trigrams", "stem"
       FROM jsonb_to_recordset($2) AS x("id" text, "name" text, "trigrams" text[], "stem" text)`,
      [TENANT, JSON.stringify(rows)],
    );
  }
  await database.query('VACUUM ANALYZE products');
  const { rows } = await database.query<{ id: string }>('SELECT id FROM products ORDER BY md5(id) LIMIT 500');
  return rows.map(({ id }) => id);
}

/** What somebody types: one to three words of a name, the last of them cut anywhere, a single letter too. */
const typed = (names: readonly string[], n: number): string => {
  const words = names[(n * 7919) % names.length]!.replace(/,.*$/, '').split(' ');
  const text = words
    .slice(n % Math.max(1, words.length - 1))
    .slice(0, 1 + (n % 3))
    .join(' ');
  return text.slice(0, Math.max(1, text.length - (n % 5)));
};

async function timesOf(url: string, paths: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const [n, path] of paths.entries()) {
    const from = performance.now();
    const answer = await fetch(url + path);
    await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    if (n >= WARM_UP) times.push(performance.now() - from);
  }
  return times;
}

function tell(what: string, times: readonly number[]): void {
  const of = (share: number) => percentile(times, share)!.toFixed(1);
  console.log(`${what}: p50 ${of(0.5)}, p95 ${of(0.95)}, p99 ${of(0.99)}, most ${Math.max(...times).toFixed(1)} ms`);
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: process.argv.slice(2), options: { products: text, searches: text } });
  const [products, searches] = [Number(values.products ?? 100_000), Number(values.searches ?? 1000)];
  if (![products, searches].every((value) => Number.isInteger(value) && value > 0)) throw new Error(USAGE);
  const stores = await startStores({ redis: false, kafka: false });
  const databaseUrl = await stores.createDatabase();
  const database = new Client({ connectionString: databaseUrl });
  const started: Child[] = [];
  try {
    await database.connect();
    const providers = await Child.start('bench/support/providers', {});
    started.push(providers);
    const product = await startProduct(databaseUrl, providers.ready.url, {});
    started.push(product);
    const names = namesOf(products);
    const ids = await fill(database, names);
    console.log(
      `${cpus().length} cores, Node.js ${process.versions.node}, load average ${loadavg()[0]!.toFixed(2)}; ${products} products of one tenant`,
    );
    const asked = Array.from(
      { length: searches + WARM_UP },
      (_, n) => `/v1/products?q=${encodeURIComponent(typed(names, n))}`,
    );
    tell('search', await timesOf(product.ready.url, asked));
    tell(
      'read',
      await timesOf(
        product.ready.url,
        ids.map((id) => `/v1/products/${id}`),
      ),
    );
    tell(
      'likely',
      await timesOf(
        product.ready.url,
        ids.slice(0, 200).map((id) => `/v1/products/${id}/likely`),
      ),
    );
  } finally {
    for (const child of started.reverse()) await child.stop();
    await database.end();
    await stores.stop();
  }
}

main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exit(1);
});
