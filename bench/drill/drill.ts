import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Client } from 'pg';
import { randomOf } from '../../src/common/random.js';
import { everyRow } from '../../test/support/stores.js';
import type { Evidence } from './evidence.js';
import { FAULTS } from './faults.js';
import { findings } from './invariants.js';
import { Load } from './load.js';
import { setStage, type Stage } from './stage.js';

/**
 * Breaks the product at random, by a seed, while callers use it, and then holds every invariant against the rows: processes are killed and
 * frozen, stores cut off, silenced and emptied, providers fail. Stores of its own; ends by itself, with 1 when anything did not hold.
 */
const USAGE =
  'usage: npm run drill -- [--minutes 10] [--seed 1] [--per-second 5] [--every 8] [--only "kill -9,zombie"]';
const DEADLINE_MS = 6000;
const QUIET_MS = 90_000;
const ATTEMPTS = 3;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      'per-second': { type: 'string', default: '5' },
      every: { type: 'string', default: '8' },
      only: { type: 'string' },
    },
  });
  const [minutes, seed, perSecond, every] = [values.minutes, values.seed, values['per-second'], values.every].map(
    Number,
  );
  const names = values.only?.split(',') ?? Object.keys(FAULTS);
  if (![minutes, seed, perSecond, every].every((one) => one! > 0) || names.some((name) => !(name in FAULTS))) {
    console.error(`${USAGE}\nfaults: ${Object.keys(FAULTS).join(', ')}`);
    return 2;
  }
  const seen: Evidence = {
    accepted: [],
    replays: [],
    refusals: [],
    polled: new Map(),
    strangers: [],
    outages: [],
    kills: 0,
    memoryMiB: new Map(),
    logs: [],
  };
  const stage = await setStage(seed!);
  try {
    const faults = await drill(stage, seen, {
      minutes: minutes!,
      seed: seed!,
      perSecond: perSecond!,
      every: every!,
      names,
    });
    console.log(`${seen.accepted.length} accepted, ${faults} faults, ${seen.kills} kills, seed ${seed}`);
    await quiet(stage.database);
    return await verdict(stage, seen);
  } finally {
    await stage.close();
  }
}

interface Plan {
  minutes: number;
  seed: number;
  perSecond: number;
  every: number;
  names: readonly string[];
}

async function drill(stage: Stage, seen: Evidence, plan: Plan): Promise<number> {
  const urls = () => stage.processes.flatMap((one) => (one.alive && /api|all/.test(one.roles) ? [one.url] : []));
  const load = new Load(urls, stage.callers, randomOf(plan.seed), seen, DEADLINE_MS);
  const stepping = setInterval(() => {
    if (urls().length > 0) load.step();
    stage.weigh(seen.memoryMiB);
  }, 1000 / plan.perSecond);
  const random = randomOf(plan.seed + 1);
  const until = Date.now() + plan.minutes * 60_000;
  let count = 0;
  try {
    while (Date.now() < until) {
      await pause(plan.every * 1000 * (0.5 + random()));
      const name = plan.names[Math.floor(random() * plan.names.length)]!;
      const from = Date.now();
      await FAULTS[name]!({
        processes: stage.processes,
        replace: (gone) => stage.replace(gone),
        postgres: stage.postgres,
        redis: stage.redis,
        kafkaPid: stage.stores.kafkaPid,
        simulator: stage.simulator.control,
        endConnections: async () => {
          await stage.database.query(
            `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'loopgpt%' AND datname = current_database()`,
          );
        },
        emptyRedis: () => stage.emptyRedis(),
        random,
        seen,
      });
      count++;
      console.log(`${((Date.now() - from) / 1000).toFixed(1)} s  ${name}`);
      for (const one of stage.processes)
        if (!one.alive) throw new Error(`${one.roles} ended by itself: ${one.log.slice(-5).join('\n')}`);
    }
  } finally {
    clearInterval(stepping);
  }
  await load.settled();
  return count;
}

/** Until nothing is under way, or too long has passed; what is then still open is told by I12. */
async function quiet(database: Client): Promise<void> {
  const until = Date.now() + QUIET_MS;
  while (Date.now() < until) {
    const { rows } = await database.query<{ busy: boolean }>(`
      SELECT EXISTS (SELECT FROM routes WHERE status = 'open') OR EXISTS (SELECT FROM events WHERE published_at IS NULL)
        OR EXISTS (SELECT FROM spilled_events) OR EXISTS (SELECT FROM webhook_deliveries WHERE status = 'pending') AS busy`);
    if (rows[0]?.busy === false) break;
    await pause(1000);
  }
  await pause(2000);
}

async function verdict(stage: Stage, seen: Evidence): Promise<number> {
  const { database } = stage;
  const outcomes = async () =>
    createHash('sha256')
      .update(JSON.stringify((await database.query('SELECT id, status, outcome FROM routes ORDER BY id')).rows))
      .digest('hex');
  const before = await outcomes();
  const api = stage.processes.find(({ roles }) => /api|all/.test(roles))!;
  for (let time = 0; time < 2; time++) {
    await fetch(`${api.url}/admin/v1/dead-letters/redrive`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.callers[0]!.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'drill' }),
    });
  }
  await pause(3000);
  seen.logs = stage.logs();
  const found = await findings(seen, {
    database,
    receivers: stage.receivers,
    calls: await stage.simulator.control.log(),
    secrets: stage.secrets,
    everyRow: await everyRow(stage.databaseUrl),
    redriven: { before, after: await outcomes() },
    attempts: ATTEMPTS,
  });
  for (const { invariant, about, checked, faults } of found) {
    console.log(
      `${faults.length === 0 ? '✓' : '✗'} ${invariant.padEnd(9)} ${about}: ${checked} checked, ${faults.length} not`,
    );
    for (const fault of faults.slice(0, 5)) console.log(`    ${fault}`);
  }
  console.log('I14 (forbidden addresses), I16 (floods) and I18 (clocks) have suites of their own: see test/README.md.');
  return found.some(({ faults }) => faults.length > 0) ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isMisused = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    console.error(isMisused ? USAGE : error);
    process.exit(1);
  },
);
