import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { pause } from '../load.js';
import { percentile, ratio } from '../statistics.js';
import { Child } from '../support/child.js';
import { startProduct } from '../support/product.js';
import { startStores } from '../support/stores.js';

/**
 * What webhooks cost: deliveries per second of a backlog, from the decision to the first attempt, and how much a receiver that hangs
 * delays one that answers at once. One process with all roles, embedded PostgreSQL, receivers in this process; ends by itself.
 */
const USAGE = 'usage: npm run bench:webhooks -- [--routes 100] [--per-second 10] [--fan-out 40] [--burst 50]';
const DRAIN_MS = 60_000;
const POLL_MS = 200;
const CART = {
  items: [{ id: 'milk', name: 'Whole milk', quantity: 1, unit: 'gallon' }],
  shippingAddress: { street: '1 Main St', city: 'Cincinnati', state: 'OH', postalCode: '45202', country: 'US' },
};

interface Options {
  routes: number;
  perSecond: number;
  fanOut: number;
  burst: number;
}

class Bench {
  constructor(
    private readonly url: string,
    private readonly database: Client,
  ) {}

  /** Adds an endpoint; answers its id. */
  async endpoint(url: string): Promise<string> {
    return (await this.post<{ id: string }>('/v1/webhook-endpoints', { url })).id;
  }

  async remove(id: string): Promise<void> {
    await fetch(`${this.url}/v1/webhook-endpoints/${id}`, { method: 'DELETE' });
  }

  async route(): Promise<void> {
    await this.post('/v1/routes', CART);
  }

  /** `count` routes at an even pace. */
  async load(count: number, perSecond: number): Promise<void> {
    const sent: Promise<void>[] = [];
    const from = performance.now();
    for (let n = 0; n < count; n++) {
      await pause(Math.max(0, from + (n * 1000) / perSecond - performance.now()));
      sent.push(this.route());
    }
    await Promise.all(sent);
  }

  /** Waits until `endpoint` has delivered `count` messages; from event to first attempt of each, in ms. */
  async firstAttempts(endpoint: string, count: number): Promise<number[]> {
    const end = performance.now() + DRAIN_MS;
    for (;;) {
      const { rows } = await this.database.query<{ ms: number }>(
        `SELECT (extract(epoch FROM a.started_at - m.occurred_at) * 1000)::float8 AS ms
         FROM webhook_deliveries d JOIN webhook_messages m ON m.id = d.message_id
           JOIN webhook_attempts a ON a.delivery_id = d.id AND a.number = 1
         WHERE d.endpoint_id = $1 AND d.status = 'delivered'`,
        [endpoint],
      );
      if (rows.length >= count) return rows.map(({ ms }) => ms);
      if (performance.now() > end) throw new Error(`only ${rows.length} of ${count} webhooks were delivered`);
      await pause(POLL_MS);
    }
  }

  /** Deliveries per second over the time in which those of `endpoints` were attempted. */
  async throughput(endpoints: readonly string[], count: number): Promise<number> {
    const end = performance.now() + DRAIN_MS;
    for (;;) {
      const { rows } = await this.database.query<{ delivered: number; seconds: number }>(
        `SELECT count(*)::int AS delivered,
           extract(epoch FROM max(a.started_at + a.duration_ms * interval '1 ms') - min(a.started_at))::float8 AS seconds
         FROM webhook_deliveries d JOIN webhook_attempts a ON a.delivery_id = d.id
         WHERE d.endpoint_id = ANY($1) AND a.outcome = 'delivered'`,
        [endpoints],
      );
      const { delivered, seconds } = rows[0]!;
      if (delivered >= count) return delivered / seconds;
      if (performance.now() > end) throw new Error(`only ${delivered} of ${count} webhooks were delivered`);
      await pause(POLL_MS);
    }
  }

  private async post<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(this.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

async function measure(bench: Bench, { routes, perSecond, fanOut, burst }: Options): Promise<void> {
  const [quick, hanging] = [await receiver(true), await receiver(false)];
  try {
    await bench.load(20, 10); // compiled code, connections, tokens
    const alone = await bench.endpoint(quick.url);
    await bench.load(routes, perSecond);
    const quiet = await bench.firstAttempts(alone, routes);
    await bench.remove(alone);

    const beside = await bench.endpoint(quick.url);
    const hung = await bench.endpoint(hanging.url);
    await bench.load(routes, perSecond);
    const disturbed = await bench.firstAttempts(beside, routes);
    await Promise.all([beside, hung].map((id) => bench.remove(id)));

    const many: string[] = [];
    for (let n = 0; n < fanOut; n++) many.push(await bench.endpoint(quick.url));
    await bench.load(burst, 1000);
    const perSecondDelivered = await bench.throughput(many, burst * fanOut);

    const of = (values: readonly number[], share: number) => percentile(values, share)?.toFixed(0) ?? '–';
    console.log(`first attempt after the decision: p50 ${of(quiet, 0.5)} ms, p95 ${of(quiet, 0.95)} ms`);
    console.log(`the same beside an endpoint that hangs: p50 ${of(disturbed, 0.5)} ms, p95 ${of(disturbed, 0.95)} ms`);
    const p99 = ratio(percentile(disturbed, 0.99), percentile(quiet, 0.99));
    console.log(`quiet endpoint, p99 with one hanging over p99 without: ${p99?.toFixed(2) ?? '–'}×`);
    console.log(`${burst * fanOut} deliveries to ${fanOut} endpoints: ${perSecondDelivered.toFixed(0)} per second`);
  } finally {
    for (const { server } of [quick, hanging]) server.closeAllConnections();
    for (const { server } of [quick, hanging]) server.close();
  }
}

async function receiver(answers: boolean): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    request.resume();
    if (answers) request.once('end', () => response.writeHead(204).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

async function main(): Promise<void> {
  const options = optionsFrom(process.argv.slice(2));
  console.log(`${cpus().length} cores, Node.js ${process.versions.node}, load average ${loadavg()[0]!.toFixed(2)}`);
  const stores = await startStores({ redis: false, kafka: false });
  const databaseUrl = await stores.createDatabase();
  const database = new Client({ connectionString: databaseUrl });
  const started: Child[] = [];
  try {
    await database.connect();
    const providers = await Child.start('bench/support/providers', {});
    started.push(providers);
    const product = await startProduct(databaseUrl, providers.ready.url, { LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true' });
    started.push(product);
    await measure(new Bench(product.ready.url, database), options);
  } finally {
    for (const child of started.reverse()) await child.stop();
    await database.end();
    await stores.stop();
  }
}

function optionsFrom(args: string[]): Options {
  const whole = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: { routes: whole, 'per-second': whole, 'fan-out': whole, burst: whole },
  });
  const options = {
    routes: Number(values.routes ?? 100),
    perSecond: Number(values['per-second'] ?? 10),
    fanOut: Number(values['fan-out'] ?? 40),
    burst: Number(values.burst ?? 50),
  };
  const isUsable =
    Object.values(options).every((value) => Number.isInteger(value) && value > 0) && options.fanOut <= 50;
  if (!isUsable) throw new Error(USAGE);
  return options;
}

main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exit(1);
});
