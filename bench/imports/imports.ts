import { readFileSync, readdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { pause } from '../load.js';
import { percentile } from '../statistics.js';
import { Child } from '../support/child.js';
import { startProduct } from '../support/product.js';
import { startStores } from '../support/stores.js';
import { makeOrders, type Made } from './orders.js';

/**
 * What a large import costs: seconds from the first byte to the outcome, how much the process grows, how long other requests take
 * meanwhile, and whether what does not add up is called reconciled. One process with all roles, embedded PostgreSQL; ends by itself.
 */
const USAGE =
  'usage: npm run bench:imports -- [--orders 10000] [--seed 1] [--from a folder of files to import instead]';
const PING_EVERY_MS = 20;
const QUIET_MS = 3000;

interface Outcome {
  status: string;
  outcome: {
    orders: Record<string, number>;
    lines: number;
    skipped: unknown[];
    questions: unknown[];
    refused: string | null;
  };
}

class Bench {
  constructor(private readonly url: string) {}

  /** One import of all files in a form; resolves with its outcome. */
  async import(files: Made['files']): Promise<Outcome & { seconds: number }> {
    const form = new FormData();
    for (const { name, content } of files) form.append('file', new File([content], name));
    const from = performance.now();
    let answer = await this.ask('/v1/imports', { method: 'POST', body: form, headers: { prefer: 'wait=30' } });
    while (answer.status === 'open')
      answer = await this.ask(`/v1/imports/${answer.id}`, { headers: { prefer: 'wait=30' } });
    return { ...answer, seconds: (performance.now() - from) / 1000 };
  }

  /** How long small requests take until `until` is done, in ms, each timed from the moment it was due. */
  async pings(until: Promise<unknown>): Promise<number[]> {
    let isOver = false;
    void until.finally(() => (isOver = true));
    const times: Promise<number>[] = [];
    const from = performance.now();
    for (let n = 0; !isOver; n++) {
      const due = from + n * PING_EVERY_MS;
      await pause(Math.max(0, due - performance.now()));
      times.push(this.ask('/v1/imports?limit=1').then(() => performance.now() - due));
    }
    return Promise.all(times);
  }

  private async ask(path: string, init: RequestInit = {}): Promise<Outcome & { id: string }> {
    const answer = await fetch(this.url + path, init);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Outcome & { id: string };
  }
}

async function measure(product: Child, database: Client, made: Made): Promise<void> {
  const bench = new Bench(product.ready.url);
  await bench.import(makeOrders(200, 99).files); // compiled code and connections
  await database.query('TRUNCATE orders, order_lines, order_sources, products, product_keys CASCADE');
  const quiet = await bench.pings(pause(QUIET_MS));
  const memory = product.watchMemory();
  const cpu = product.cpuMs();
  const importing = bench.import(made.files);
  const [done, busy] = await Promise.all([importing, bench.pings(importing)]);
  const { beforeMb, mostMb } = memory.stop();
  const cpuSeconds = ((product.cpuMs() ?? 0) - (cpu ?? 0)) / 1000;
  if (done.status !== 'completed') throw new Error(`the import ended ${done.status}: ${done.outcome?.refused}`);
  const bytes = made.files.reduce((sum, { content }) => sum + content.length, 0);
  console.log(
    `${(bytes / 1e6).toFixed(1)} MB in ${made.files.length} files: ${JSON.stringify(done.outcome.orders)}, ${done.outcome.lines} lines`,
  );
  console.log(`first byte to outcome ${done.seconds.toFixed(1)} s, of the processor ${cpuSeconds.toFixed(1)} s`);
  console.log(
    `memory ${beforeMb.toFixed(0)} MB before, ${mostMb.toFixed(0)} at most: ${(mostMb - beforeMb).toFixed(0)} MB more`,
  );
  const of = (times: readonly number[], share: number) => percentile(times, share)?.toFixed(0) ?? '–';
  console.log(
    `other requests p50/p99: ${of(quiet, 0.5)}/${of(quiet, 0.99)} ms without it, ${of(busy, 0.5)}/${of(busy, 0.99)} ms meanwhile`,
  );
  const again = await bench.import(made.files);
  if (again.status !== 'completed')
    throw new Error(`the second import ended ${again.status}: ${again.outcome?.refused}`);
  console.log(`the same again: ${JSON.stringify(again.outcome.orders)} in ${again.seconds.toFixed(1)} s`);
  await judge(database, made);
}

/** What the stored orders say of themselves, against what is true of them where that is known. */
async function judge(database: Client, { truth, lines, products }: Made): Promise<void> {
  const { rows } = await database.query<{ number: string; items: boolean | null; total: boolean | null }>(
    `SELECT number_key AS number, (facts->>'items')::boolean AS items, (facts->>'total')::boolean AS total
     FROM orders WHERE facts->>'subtotalCents' IS NOT NULL`,
  );
  const added = rows.filter(({ items }) => items === true);
  console.log(
    `lines = subtotal on ${((100 * added.length) / rows.length).toFixed(2)} % of the ${rows.length} orders that carry one`,
  );
  const { rows: counts } = await database.query<{ orders: number; lines: number; products: number }>(
    `SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT count(*)::int FROM order_lines) AS lines,
       (SELECT count(*)::int FROM products) AS products`,
  );
  console.log(`stored: ${JSON.stringify(counts[0])}`);
  if (truth.size === 0) return;
  const falsely = rows.filter(({ number, items, total }) => {
    const known = truth.get(number)!;
    return (items === true && !known.items) || (total === true && !known.total);
  });
  const missed = rows.filter(({ number, items, total }) => {
    const known = truth.get(number)!;
    return (known.items && items !== true) || (known.total && total !== true);
  });
  console.log(`falsely reconciled: ${falsely.length}; reconcilable and not reconciled: ${missed.length}`);
  const is = JSON.stringify(counts[0]) === JSON.stringify({ orders: truth.size, lines, products });
  if (!is || falsely.length > 0) throw new Error('the history is not what was sent');
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: process.argv.slice(2), options: { orders: text, seed: text, from: text } });
  const [orders, seed] = [Number(values.orders ?? 10_000), Number(values.seed ?? 1)];
  if (![orders, seed].every((value) => Number.isInteger(value) && value > 0)) throw new Error(USAGE);
  const made = values.from === undefined ? makeOrders(orders, seed) : filesIn(values.from);
  console.log(`${cpus().length} cores, Node.js ${process.versions.node}, load average ${loadavg()[0]!.toFixed(2)}`);
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
    await measure(product, database, made);
  } finally {
    for (const child of started.reverse()) await child.stop();
    await database.end();
    await stores.stop();
  }
}

function filesIn(folder: string): Made {
  const files = readdirSync(folder).map((name) => ({
    name,
    content: Uint8Array.from(readFileSync(join(folder, name))),
  }));
  return { files, lines: 0, products: 0, truth: new Map() };
}

main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exit(1);
});
