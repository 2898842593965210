import { parseArgs } from 'node:util';
import { table } from '../report.js';
import { limitPassed, runStep, type Figures } from '../step.js';
import { Child } from '../support/child.js';
import { startStores, type Stores } from '../support/stores.js';
import { OURS, ours, type System } from '../systems.js';

/** The split tier with one, two and four processes that ask providers, and as many that aggregate: what it holds, and who is busy. */
const USAGE = 'usage: npm run bench:scale-out -- [--rates 10,20,40] [--seconds 10] [--layouts 1x1,2x1,4x1,1x2,1x4]';
const ROLES = ['api', 'quotes', 'aggregator', 'notifier'] as const;
type Role = (typeof ROLES)[number];

/** Processes of every role, measured as one; what each role used between two looks is kept. */
class Fleet {
  private last: ReadonlyMap<Role, number> | null = null;
  /** CPU time of each role between the last two looks, in ms. */
  used: ReadonlyMap<Role, number> = new Map();

  constructor(private readonly processes: readonly { role: Role; child: Child }[]) {}

  get ready() {
    return this.processes.find(({ role }) => role === 'api')!.child.ready;
  }

  cpuMs(): number | null {
    const now = new Map<Role, number>();
    for (const { role, child } of this.processes) now.set(role, (now.get(role) ?? 0) + (child.cpuMs() ?? 0));
    if (this.last) this.used = new Map([...now].map(([role, ms]) => [role, ms - this.last!.get(role)!]));
    this.last = now;
    return [...now.values()].reduce((sum, ms) => sum + ms, 0);
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map(({ child }) => child.stop()));
  }
}

interface Row {
  layout: string;
  figures: Figures;
  used: ReadonlyMap<Role, number>;
  seconds: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rates: { type: 'string' }, seconds: { type: 'string' }, layouts: { type: 'string' } },
  });
  const rates = (values.rates ?? '10,20,40,60,80').split(',').map(Number);
  const seconds = Number(values.seconds ?? 10);
  const layouts = (values.layouts ?? '1x1,2x1,4x1,1x2,1x4').split(',').map((text) => text.split('x').map(Number));
  if (![...rates, seconds, ...layouts.flat()].every((value) => value > 0)) throw new Error(USAGE);
  const stores = await startStores({ redis: true, kafka: true });
  try {
    if (!stores.redisUrl || !stores.kafkaBrokers) throw new Error(`Not to be had here: ${stores.missing.join('; ')}.`);
    const rows: Row[] = [];
    for (const [quotes, aggregators] of layouts as [number, number][]) {
      rows.push(...(await climb(quotes, aggregators, rates, seconds, stores)));
    }
    console.log(`\n${table(HEAD, rows.map(cells))}`);
  } finally {
    await stores.stop();
  }
}

/** One layout at each rate, until it is past a limit. */
async function climb(
  quotes: number,
  aggregators: number,
  rates: readonly number[],
  seconds: number,
  stores: Stores,
): Promise<Row[]> {
  const layout = `${quotes} + ${aggregators}`;
  const databaseUrl = await stores.createDatabase();
  const rows: Row[] = [];
  for (const rate of rates) {
    let fleet: Fleet | undefined;
    const start: System['start'] = async (_stores, url, providersUrl) =>
      (fleet = await startFleet(quotes, aggregators, stores, url, providersUrl));
    const system: System = { name: layout, redis: true, kafka: true, ...OURS, start };
    const { figures, faults } = await runStep(system, rate, seconds, stores, databaseUrl);
    if (faults) throw new Error(`${layout} at ${rate}/s: ${faults.join('; ')}`);
    rows.push({ layout, figures, used: fleet!.used, seconds });
    const limit = limitPassed(figures);
    console.log(`${layout} at ${rate}/s: ${limit ?? 'held'}`);
    if (limit !== null) break;
  }
  return rows;
}

async function startFleet(
  quotes: number,
  aggregators: number,
  stores: Stores,
  databaseUrl: string,
  providersUrl: string,
): Promise<Fleet> {
  const roles: Role[] = ['api', 'notifier', ...Array(quotes).fill('quotes'), ...Array(aggregators).fill('aggregator')];
  const processes: { role: Role; child: Child }[] = [];
  // One after the other: the first makes the tables, and a busy machine starts several no sooner.
  for (const role of roles) {
    const tier = { REDIS_URL: stores.redisUrl!, KAFKA_BROKERS: stores.kafkaBrokers!, ROLES: role };
    processes.push({ role, child: await ours(databaseUrl, providersUrl, tier) });
  }
  return new Fleet(processes);
}

const HEAD = [
  'quotes + aggregators',
  'rate',
  'accepted/s',
  'errors',
  'overhead p50',
  'p99',
  ...ROLES.map((role) => `${role}, ms of CPU a route`),
];

function cells({ layout, figures, used, seconds }: Row): string[] {
  const { rate, acceptedPerSecond, errors, overhead } = figures;
  const routes = Math.max(1, acceptedPerSecond * seconds);
  return [
    layout,
    String(rate),
    acceptedPerSecond.toFixed(1),
    `${(errors * 100).toFixed(2)} %`,
    overhead.p50?.toFixed(1) ?? '–',
    overhead.p99?.toFixed(1) ?? '–',
    ...ROLES.map((role) => ((used.get(role) ?? 0) / routes).toFixed(2)),
  ];
}

main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exit(1);
});
