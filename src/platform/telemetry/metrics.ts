import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export type Meters = Pick<Metrics, 'counter' | 'gauge' | 'histogram'>;

/** What a room counts, declared in its `<m>.metrics.ts`. */
export type MetricGroup<T> = (meters: Meters) => T;

/**
 * The one registry, with the metrics of what every room stands on; each room's own are its group. Rates and percentiles come from
 * these by recording rules.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
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
  readonly jobs = this.counter('loopgpt_jobs_total', 'jobs by queue and result', ['queue', 'result']);
  readonly queueOldestSeconds = this.gauge('loopgpt_queue_oldest_waiting_seconds', 'age of the oldest waiting job', [
    'queue',
  ]);
  readonly loopAgeSeconds = this.gauge('loopgpt_loop_last_round_age_seconds', 'since a loop’s last good round', [
    'loop',
  ]);
  readonly loopRoundsAbandoned = this.counter(
    'loopgpt_loop_rounds_abandoned_total',
    'rounds given up because they did not end',
    ['loop'],
  );
  readonly storeUp = this.gauge('loopgpt_store_up', '1 when the store answered for this page, else 0', ['store']);
  readonly sqlStatements = this.counter('loopgpt_sql_statements_total', 'statements by database role', ['role']);
  readonly sqlRoundTrips = this.counter('loopgpt_sql_round_trips_total', 'writes to PostgreSQL that were waited for', [
    'role',
  ]);
  readonly rejected = this.counter('loopgpt_http_rejected_total', 'requests refused before acceptance, by code', [
    'code',
  ]);
  readonly aiCalls = this.counter('loopgpt_ai_calls_total', 'questions to a language model by result', [
    'model',
    'result',
  ]);
  readonly aiLatency = this.histogram('loopgpt_ai_latency_seconds', 'asking to answer, retries included', ['model']);
  readonly aiMicroUsd = this.counter('loopgpt_ai_micro_usd_total', 'millionths of a US dollar spent', ['model']);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** The group of a room, made in this registry once. */
  of<T>(group: MetricGroup<T>): T {
    if (!this.groups.has(group)) this.groups.set(group, group(this));
    return this.groups.get(group) as T;
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
