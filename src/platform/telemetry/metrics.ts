import { getHeapStatistics } from 'node:v8';
import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Meters = Pick<Metrics, 'counter' | 'gauge' | 'histogram'>;

/**
 * What a room looks up, mostly in a shared store, whenever a page is asked for. Its gauges are set by `measure` and told by nobody while the
 * store is away. Where every process would tell the same, the one with the role aggregator does.
 */
export interface Sounding {
  gauges: readonly Gauge[];
  measure(): Promise<void>;
}

/** What a room counts, declared in its `<m>.metrics.ts`. */
export type MetricGroup<T> = (meters: Meters) => T;

const SQL_ROLES = ['loopgpt_app', 'loopgpt_worker'];

/**
 * The one registry, with the metrics of what every room stands on; each room's own are its group. Rates and percentiles come from
 * these by recording rules.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly soundings: Sounding[] = [];
  private readonly groups = new Map<MetricGroup<unknown>, unknown>();

  readonly outboxPublished = this.counter('loopgpt_outbox_published_total', 'events handed to the bus', []);
  readonly outboxPending = this.gauge('loopgpt_outbox_pending', 'events not yet handed to the bus', []);
  readonly busRecords = this.counter('loopgpt_bus_records_total', 'records by topic and direction', [
    'topic',
    'direction',
  ]);
  readonly busPoison = this.counter(
    'loopgpt_bus_poison_total',
    'records that could not be handled and were dead-lettered',
    ['topic'],
  );
  readonly busLag = this.gauge(
    'loopgpt_bus_lag_records',
    'records that a group of listeners of this process has not handled; its other processes tell the same',
    ['group', 'topic'],
  );
  readonly spilled = this.gauge('loopgpt_spilled_events', 'events that wait in the database while the bus is away', []);
  readonly deadLetters = this.gauge('loopgpt_dead_letters_waiting', 'records that could not be handled and wait', []);
  readonly jobs = this.counter('loopgpt_jobs_total', 'jobs by queue and result', ['queue', 'result']);
  readonly queueOldestSeconds = this.gauge('loopgpt_queue_oldest_waiting_seconds', 'age of the oldest waiting job', [
    'queue',
  ]);
  readonly queueUp = this.gauge('loopgpt_queue_up', '1 when the queues answered for this page, else 0', []);
  readonly queueWait = this.histogram('loopgpt_job_wait_seconds', 'a job being due to a worker taking it up', [
    'queue',
  ]);
  readonly queueRun = this.histogram('loopgpt_job_run_seconds', 'one attempt at a job', ['queue']);
  readonly loopAgeSeconds = this.gauge('loopgpt_loop_last_round_age_seconds', 'since a loop’s last good round', [
    'loop',
  ]);
  readonly loopRoundsAbandoned = this.counter(
    'loopgpt_loop_rounds_abandoned_total',
    'rounds given up because they did not end',
    ['loop'],
  );
  readonly heapLimit = this.gauge('loopgpt_heap_limit_bytes', 'what the heap of this process may grow to', []);
  readonly storeUp = this.gauge('loopgpt_store_up', '1 when the store answered for this page, else 0', ['store']);
  readonly sqlStatements = fromZero(
    this.counter('loopgpt_sql_statements_total', 'statements by database role', ['role']),
    each('role', SQL_ROLES),
  );
  readonly sqlRoundTrips = fromZero(
    this.counter('loopgpt_sql_round_trips_total', 'writes to PostgreSQL that were waited for', ['role']),
    each('role', SQL_ROLES),
  );
  readonly sqlConnections = this.gauge(
    'loopgpt_sql_connections',
    'connections of this process, and who waits for one',
    ['role', 'state'],
  );
  readonly httpDuration = this.histogram(
    'loopgpt_http_request_duration_seconds',
    'request to the end of its answer, by route template; where the caller asked to wait, that is in it',
    ['method', 'route'],
  );
  readonly httpRequests = this.counter('loopgpt_http_requests_total', 'requests answered, by route template', [
    'method',
    'route',
    'status',
  ]);
  readonly rejected = this.counter('loopgpt_http_rejected_total', 'requests refused before acceptance, by code', [
    'code',
  ]);
  readonly aiCalls = this.counter('loopgpt_ai_calls_total', 'questions to a language model by result', [
    'model',
    'result',
  ]);
  readonly aiLatency = this.histogram('loopgpt_ai_latency_seconds', 'asking to answer, retries included', ['model']);
  readonly aiUsd = this.counter('loopgpt_ai_cost_usd_total', 'US dollars spent', ['model']);
  readonly aiTokens = this.counter('loopgpt_ai_tokens_total', 'tokens asked and answered', ['model']);
  readonly aiCapUsd = this.gauge('loopgpt_ai_cap_usd', 'US dollars that one tenant may spend in a day', []);
  readonly buildInfo = this.gauge('loopgpt_build_info', '1 for each role of this process', ['version', 'role']);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.heapLimit.set(getHeapStatistics().heap_size_limit);
  }

  /** The group of a room, made in this registry once. */
  of<T>(group: MetricGroup<T>): T {
    if (!this.groups.has(group)) this.groups.set(group, group(this));
    return this.groups.get(group) as T;
  }

  /** Has `sounding` taken whenever a page is asked for. */
  sound(sounding: Sounding): void {
    this.soundings.push(sounding);
  }

  counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  gauge<L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  histogram<L extends string>(name: string, help: string, labelNames: readonly L[]): Histogram<L> {
    const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    return new Histogram({ name, help, labelNames: [...labelNames], buckets, registers: [this.registry] });
  }
}

/** Each of these is told from the first page on, so that its rate is known from its first count. */
export function fromZero<L extends string>(metric: Counter<L>, known: readonly Record<L, string>[]): Counter<L>;
export function fromZero<L extends string>(metric: Histogram<L>, known: readonly Record<L, string>[]): Histogram<L>;
export function fromZero<L extends string>(metric: Counter<L> | Histogram<L>, known: readonly Record<L, string>[]) {
  for (const labels of known) {
    if (metric instanceof Histogram) metric.zero(labels);
    else metric.inc(labels, 0);
  }
  return metric;
}

/** Nothing is told of a gauge, not even a 0, until it is set (again): it is of what is not known. */
export function untold(gauge: Gauge): Gauge {
  gauge.reset();
  // Without labels there is one series, which a reset leaves at 0; with some, `remove` wants them.
  const { labelNames } = gauge as unknown as { labelNames: readonly string[] };
  if (labelNames.length === 0) gauge.remove();
  return gauge;
}

/** Every pair of a label's values and those of another, for `fromZero`. */
export const each = <A extends string, B extends string = never>(
  a: A,
  as: readonly string[],
  b?: B,
  bs: readonly string[] = [],
): Record<A | B, string>[] =>
  as.flatMap((one) =>
    b === undefined
      ? [{ [a]: one } as Record<A | B, string>]
      : bs.map((other) => ({ [a]: one, [b]: other }) as Record<A | B, string>),
  );
