import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { randomOf } from '../src/common/random.js';
import { ledgerFaults, type StoredRoute } from './ledger.js';
import { openLoop, pause, type Sent, type Target } from './load.js';
import { percentile, poissonSchedule } from './statistics.js';
import { Child } from './support/child.js';
import { wallClock } from './support/clock.js';
import type { Stores } from './support/stores.js';
import { AWAITED, type Serving, type System } from './systems.js';

/** The figures of one system at one rate. Times in ms; null is unknown. */
export interface Figures {
  system: string;
  rate: number;
  acceptedPerSecond: number;
  /** Share of the requests that were not accepted, or not closed with every provider's quote. */
  errors: number;
  accept: Percentiles;
  /** From the last awaited answer's last byte to the commit of the outcome. */
  overhead: Percentiles;
  /** From the moment the request should have been sent to the commit of the outcome, the providers' time included. */
  outcome: Percentiles;
  cpuPerRoute: number | null;
  /** How late the generator itself was, p99. */
  lag: number | null;
}

export interface Percentiles {
  p50: number | null;
  p99: number | null;
}

/** A step is one with figures or, when its ledger does not balance, one with reasons why not. */
export type Step = { figures: Figures; faults: null } | { figures: null; faults: string[] };

/** Routes before the measured ones, for compiled code, connections, tokens and look-ups; and a rest for what they left behind. */
const WARM_ROUTES = 400;
const WARM_PER_SECOND = 100;
const REST_MS = 1000;
const DRAIN_MS = 30_000;
const POLL_MS = 200;
/** A system is not pushed further once it is past one of these. */
const MAX_OVERHEAD_P99_MS = 250;
const MAX_ERRORS = 0.001;
const BODY = {
  items: [{ id: 'milk', name: 'Whole milk', quantity: 1, unit: 'gallon' }],
  shippingAddress: { street: '1 Main St', city: 'Cincinnati', state: 'OH', postalCode: '45202', country: 'US' },
};

/**
 * One system at one rate: fresh providers with the same seed, a fresh process of the system, a warm-up, then the load, and once
 * everything has been closed (or 30 s have passed) the ledger.
 */
export async function runStep(
  system: System,
  rate: number,
  seconds: number,
  stores: Stores,
  databaseUrl: string,
): Promise<Step> {
  const database = new Client({ connectionString: databaseUrl });
  const started: Pick<Child, 'stop'>[] = [];
  try {
    await database.connect();
    const providers = await Child.start('bench/support/providers', {});
    started.push(providers);
    const process = await system.start(stores, databaseUrl, providers.ready.url);
    started.push(process);
    const warm = Math.min(rate, WARM_PER_SECOND);
    await load(system, process, database, randomUUID(), warm, WARM_ROUTES / warm);
    await pause(REST_MS);
    await providers.asks({ type: 'landed' });
    return await measured(system, process, providers, database, rate, seconds);
  } finally {
    for (const child of started.reverse()) await child.stop();
    await database.end();
  }
}

async function measured(
  system: System,
  process: Serving,
  providers: Child,
  database: Client,
  rate: number,
  seconds: number,
): Promise<Step> {
  const cpuBefore = process.cpuMs();
  const reference = randomUUID();
  const sent = await load(system, process, database, reference, rate, seconds);
  const cpuAfter = process.cpuMs();
  const { landed } = await providers.asks<{ landed: [string, number][] }>({ type: 'landed' });
  const { rows } = await database.query<StoredRoute>(system.storedSql, [reference]);
  const given = new Map(landed);
  const accepted = sent.filter((one) => one.id !== null);
  const faults = [
    ...ledgerFaults(
      accepted.map(({ id }) => id!),
      rows,
    ),
    ...foreignQuotes(rows, given),
  ];
  if (faults.length > 0) return { figures: null, faults };
  const cpu = cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / Math.max(1, accepted.length);
  return { figures: figuresOf(system.name, rate, seconds, sent, rows, given, cpu), faults: null };
}

/** Sends, and waits until what was accepted is closed; what is still open after that is for the ledger to tell. */
async function load(
  system: System,
  process: Serving,
  database: Client,
  reference: string,
  rate: number,
  seconds: number,
): Promise<Sent[]> {
  const sent = await openLoop(
    targetOf(process, reference),
    poissonSchedule(rate, seconds, randomOf(rate)),
    wallClock(),
  );
  const accepted = sent.filter(({ id }) => id !== null).length;
  const until = performance.now() + DRAIN_MS;
  for (;;) {
    const { rows } = await database.query<{ closed: number }>(system.closedSql, [reference]);
    if (rows[0]!.closed >= accepted || performance.now() > until) return sent;
    await pause(POLL_MS);
  }
}

function targetOf({ ready }: Serving, reference: string): Target {
  const key = ready.developmentKey;
  return {
    url: `${ready.url}/v1/routes`,
    headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({ ...BODY, reference, ...(key ? { quorum: AWAITED } : {}) }),
  };
}

/** Every stored quote was given by the providers of this very step. */
function foreignQuotes(rows: readonly StoredRoute[], given: ReadonlyMap<string, number>): string[] {
  const foreign = rows.filter((row) => row.complete && row.references.some((reference) => !given.has(reference)));
  return foreign.length === 0 ? [] : [`${foreign.length} closed on a quote that no provider gave: ${foreign[0]!.id}`];
}

function figuresOf(
  system: string,
  rate: number,
  seconds: number,
  sent: readonly Sent[],
  rows: readonly StoredRoute[],
  given: ReadonlyMap<string, number>,
  cpuPerRoute: number | null,
): Figures {
  const accepted = sent.filter(({ id }) => id !== null);
  const closed = new Map(rows.filter(({ complete }) => complete).map((row) => [row.id, row]));
  const inTime = accepted.filter((one) => one.intendedAtMs + one.latencyMs <= sent[0]!.intendedAtMs + seconds * 1000);
  const landedAt = (row: StoredRoute) => Math.max(...row.references.map((reference) => given.get(reference)!));
  const complete = accepted.flatMap((one) => {
    const row = closed.get(one.id!);
    return row ? [{ sent: one, row }] : [];
  });
  return {
    system,
    rate,
    acceptedPerSecond: inTime.length / seconds,
    errors: 1 - complete.length / sent.length,
    accept: percentiles(accepted.map(({ latencyMs }) => latencyMs)),
    overhead: percentiles(complete.map(({ row }) => row.closedAtMs! - landedAt(row))),
    outcome: percentiles(complete.map(({ sent: one, row }) => row.closedAtMs! - one.intendedAtMs)),
    cpuPerRoute,
    lag: percentile(
      sent.map(({ lagMs }) => lagMs),
      0.99,
    ),
  };
}

const percentiles = (values: readonly number[]): Percentiles => ({
  p50: percentile(values, 0.5),
  p99: percentile(values, 0.99),
});

/** Why a system is pushed no further; null where it held. */
export function limitPassed({ errors, overhead }: Figures): string | null {
  if (errors > MAX_ERRORS) return `${(errors * 100).toFixed(2)} % errors`;
  if (overhead.p99 === null || overhead.p99 > MAX_OVERHEAD_P99_MS) {
    return `p99 overhead of ${overhead.p99?.toFixed(0) ?? '–'} ms`;
  }
  return null;
}
