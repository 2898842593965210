import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Every metric of the system is declared here. Rates and percentiles come from these by recording rules. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly requests = this.counter('loopgpt_router_requests_total', 'routes accepted', []);
  readonly outcomes = this.counter('loopgpt_router_outcomes_total', 'routes closed, by status and rule', [
    'status',
    'rule',
  ]);
  readonly latency = this.histogram('loopgpt_router_latency_seconds', 'acceptance to outcome', []);
  readonly overshoot = this.histogram(
    'loopgpt_router_deadline_overshoot_seconds',
    'deadline to outcome, for routes closed by the deadline',
    [],
  );
  readonly providerAnswers = this.counter(
    'loopgpt_provider_answers_total',
    'answers by provider and result (ok, cached or the reason)',
    ['provider', 'result'],
  );
  readonly providerLatency = this.histogram(
    'loopgpt_provider_latency_seconds',
    'asking to complete answer, of calls that were made',
    ['provider'],
  );
  readonly providerCalls = this.counter('loopgpt_provider_calls_total', 'outside HTTP calls', ['provider']);
  readonly providerUnauthorized = this.counter('loopgpt_provider_unauthorized_total', 'credentials refused', [
    'provider',
  ]);
  readonly selections = this.counter('loopgpt_provider_selections_total', 'routes won', ['provider']);
  readonly lateQuotes = this.counter('loopgpt_provider_late_total', 'answers after the decision', ['provider']);
  readonly openRoutes = this.gauge('loopgpt_router_open_routes', 'routes without an outcome', []);
  readonly oldestOpenSeconds = this.gauge('loopgpt_router_oldest_open_seconds', 'age of the oldest open route', []);
  readonly redispatched = this.counter(
    'loopgpt_router_redispatched_total',
    'routes whose job was added again by the relay',
    [],
  );
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
  readonly webhookAttempts = this.counter('loopgpt_webhook_attempts_total', 'webhook attempts by outcome', ['outcome']);
  readonly webhookFirstAttempt = this.histogram('loopgpt_webhook_first_attempt_seconds', 'event to first attempt', []);
  readonly plans = this.counter('loopgpt_plans_total', 'plans closed, by status and who chose the meals', [
    'status',
    'origin',
  ]);
  readonly planLatency = this.histogram('loopgpt_plan_latency_seconds', 'acceptance to outcome', []);
  readonly playlists = this.counter('loopgpt_playlists_total', 'playlists looked for, by result', ['result']);
  readonly aiCalls = this.counter('loopgpt_ai_calls_total', 'questions to a language model by result', [
    'model',
    'result',
  ]);
  readonly aiLatency = this.histogram('loopgpt_ai_latency_seconds', 'asking to answer, retries included', ['model']);
  readonly aiMicroUsd = this.counter('loopgpt_ai_micro_usd_total', 'millionths of a US dollar spent', ['model']);
  readonly liveStreams = this.gauge('loopgpt_live_streams', 'open streams and sockets of this process', []);
  readonly liveReadings = this.counter(
    'loopgpt_live_readings_total',
    'statements that read events for all streams',
    [],
  );
  readonly liveEnded = this.counter('loopgpt_live_ended_total', 'followed subjects that ended, by why', ['why']);

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  private counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  private gauge<L extends string>(name: string, help: string, labelNames: readonly L[]): Gauge<L> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  private histogram<L extends string>(name: string, help: string, labelNames: readonly L[]): Histogram<L> {
    const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
    return new Histogram({ name, help, labelNames: [...labelNames], buckets, registers: [this.registry] });
  }
}
