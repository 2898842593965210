import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { figuresTable, ratiosTable } from './report.js';
import { limitPassed, runStep, type Figures } from './step.js';
import { startStores, type Stores } from './support/stores.js';
import { SYSTEMS, SYSTEM_NAMES, type System, type SystemName } from './systems.js';

/** No step is begun after this, so that a run ends within eight minutes. */
const LAST_START_MS = 7 * 60_000;

interface Options {
  rates: readonly number[] | null;
  seconds: number;
  systems: readonly SystemName[];
}

async function main(): Promise<void> {
  const options = optionsFrom(process.argv.slice(2));
  const wanted = SYSTEMS.filter(({ name }) => options.systems.includes(name));
  const loadBefore = loadavg();
  const stores = await startStores({
    redis: wanted.some(({ redis }) => redis),
    kafka: wanted.some(({ kafka }) => kafka),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stores.stop().then(() => process.exit(1)));
  }
  let failed: boolean;
  try {
    const systems = available(wanted, stores);
    await tellMachine(stores, loadBefore);
    failed = await compare(systems, options, stores);
  } finally {
    await stores.stop();
  }
  process.exit(failed ? 1 : 0);
}

/** All systems at each rate in turn, each until it is past a limit. Answers whether any step's ledger did not balance. */
async function compare(systems: readonly System[], options: Options, stores: Stores): Promise<boolean> {
  const started = performance.now();
  const databases = new Map<string, string>();
  for (const { name } of systems) databases.set(name, await stores.createDatabase());
  const held = new Map<string, number>();
  const all: Figures[] = [];
  let running = [...systems];
  let failed = false;
  for (const rate of options.rates ?? risingRates()) {
    for (const system of running) {
      if (performance.now() - started > LAST_START_MS) {
        console.log('\nThe time is up; higher rates were not tried.');
        running = [];
        break;
      }
      const { figures, faults } = await runStep(system, rate, options.seconds, stores, databases.get(system.name)!);
      if (faults) {
        failed = true;
        running = running.filter((one) => one !== system);
        console.log(
          `${system.name} at ${rate}/s has no figures, for its ledger does not balance: ${faults.join('; ')}`,
        );
        continue;
      }
      all.push(figures);
      console.log(`${system.name} at ${rate}/s: overhead p50 ${figures.overhead.p50?.toFixed(1) ?? '–'} ms`);
      const limit = limitPassed(figures);
      if (limit === null) held.set(system.name, rate);
      else {
        running = running.filter((one) => one !== system);
        console.log(`${system.name} stops here: ${limit}`);
      }
    }
    if (running.length === 0) break;
  }
  console.log(`\n${figuresTable(all)}\n\n${ratiosTable(all)}\n`);
  for (const { name } of systems) console.log(`${name} held ${held.get(name) ?? 0} requests per second`);
  tellLoad('after', loadavg());
  return failed;
}

function available(wanted: readonly System[], stores: Stores): System[] {
  return wanted.filter((system) => {
    const possible = (!system.redis || stores.redisUrl) && (!system.kafka || stores.kafkaBrokers);
    if (!possible) console.log(`${system.name} is left out. Not to be had here: ${stores.missing.join('; ')}.`);
    return possible;
  });
}

async function tellMachine(stores: Stores, load: readonly number[]): Promise<void> {
  console.log(
    `${cpus().length} cores, Node.js ${process.versions.node}; one durable commit takes ${(await stores.commitMs()).toFixed(2)} ms`,
  );
  tellLoad('before', load);
}

function tellLoad(when: string, load: readonly number[]): void {
  console.log(`load average ${when} the run: ${load.map((value) => value.toFixed(2)).join(' ')}`);
}

function* risingRates(): Generator<number> {
  yield 50;
  for (let rate = 100; ; rate += 100) yield rate;
}

function optionsFrom(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: { rates: { type: 'string' }, seconds: { type: 'string' }, systems: { type: 'string' } },
  });
  const rates = values.rates?.split(',').map(Number) ?? null;
  const seconds = Number(values.seconds ?? 8);
  const systems = (values.systems?.split(',') ?? SYSTEM_NAMES) as SystemName[];
  const positive = [...(rates ?? []), seconds].every((value) => Number.isFinite(value) && value > 0);
  if (!positive || !systems.every((name) => SYSTEM_NAMES.includes(name))) {
    throw new Error(`usage: npm run bench -- [--rates 50,100] [--seconds 10] [--systems ${SYSTEM_NAMES.join(',')}]`);
  }
  return { rates, seconds, systems };
}

main().catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exit(1);
});
