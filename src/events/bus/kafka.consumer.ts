import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { Log } from '../../platform/telemetry/logger.js';
import type { Metrics } from '../../platform/telemetry/metrics.js';
import type { Topic } from '../catalogue.js';
import type { EventEnvelope } from '../event.js';
import { Inbox } from '../listening/inbox.js';
import type { Subscription } from './event-bus.js';
import type { KafkaClient } from './kafka.client.js';
import { OffsetCommits } from './kafka.commits.js';
import { envelopeOf } from './kafka.envelope.js';

/**
 * How long the broker holds a fetch that finds nothing; it answers a record at once. Short enough for a heartbeat between two of them,
 * and for a stopping process to wait for.
 */
const IDLE_FETCH_MS = 500;
const CONCURRENCY = 6;
/** Hints that wait for a listener that has fallen behind; what comes on top is dropped, for who waits reads its rows anyway. */
const MAX_HINTS = 10_000;

/** What a consumer tells of itself. */
export interface ConsumerEvents {
  log: Log;
  metrics: Metrics;
  /** It stopped; `restarts` says whether kafkajs starts it again by itself. */
  onCrash(group: string, error: unknown, restarts: boolean): void;
  onCommitFailed(group: string, error: unknown): void;
}

/**
 * One consumer for all topics and listeners of a group, so that they share its connection, fetches and heartbeats. Groups never share
 * one: each goes on where it ended, and one that has to wait for its store holds up no other. What each instance hears for itself is a
 * group of one (and one for those that rest), whose listeners get hints: each takes them at its own pace, and nothing is committed.
 */
export class KafkaConsumer {
  private readonly consumer: Consumer;
  private readonly commits: OffsetCommits | null;
  private readonly inboxes = new Map<Subscription, Inbox>();
  private readonly group: string;
  private readonly restMs: number;

  constructor(
    client: KafkaClient,
    private readonly prefix: string,
    private readonly subscriptions: readonly Subscription[],
    private readonly told: ConsumerEvents,
  ) {
    const { group, everyInstance, restMs } = subscriptions[0]!;
    const instance = `${hostname()}-${process.pid}-${Date.now().toString(36)}`;
    this.restMs = restMs;
    this.group = everyInstance ? `instance-${instance}-${restMs}` : group;
    this.consumer = client.watch(
      client.kafka.consumer({
        groupId: prefix + this.group,
        sessionTimeout: 6000,
        heartbeatInterval: 1000,
        maxWaitTimeInMs: IDLE_FETCH_MS,
        allowAutoTopicCreation: false,
        retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 10 },
      }),
    );
    this.commits = everyInstance
      ? null
      : new OffsetCommits(this.consumer, (error) => told.onCommitFailed(group, error));
    if (everyInstance) for (const one of subscriptions) this.inboxes.set(one, new Inbox(one));
  }

  /** Resolves when it has joined its group. */
  async start(): Promise<void> {
    const { consumer } = this;
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.commits?.forget();
      this.told.onCrash(this.group, payload.error, payload.restart);
    });
    const joined = new Promise<void>((resolve) => {
      consumer.on(consumer.events.GROUP_JOIN, () => {
        this.commits?.forget();
        resolve();
      });
    });
    await consumer.connect();
    const topics = [...new Set(this.subscriptions.map(({ topic }) => this.prefix + topic))];
    await consumer.subscribe({ topics, fromBeginning: this.commits !== null });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: CONCURRENCY,
      eachBatch: (payload) => this.handleBatch(payload),
    });
    await joined;
  }

  async stop(): Promise<void> {
    await this.commits?.stop();
    await this.consumer.disconnect();
    for (const inbox of this.inboxes.values()) inbox.close();
  }

  private async handleBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat, isRunning, isStale } = payload;
    if (batch.messages.length === 0 || !isRunning() || isStale()) return;
    this.told.metrics.busRecords.inc({ topic: batch.topic, direction: 'in' }, batch.messages.length);
    const topic = batch.topic.slice(this.prefix.length) as Topic;
    const events = batch.messages.map((message) => envelopeOf(message));
    await Promise.all(this.subscriptions.filter((one) => one.topic === topic).map((one) => this.hand(one, events)));
    resolveOffset(batch.lastOffset());
    this.commits?.note(batch.topic, batch.partition, batch.lastOffset());
    await heartbeat();
    // kafkajs asks for more when all of this fetch is handled.
    if (this.restMs > 0 && isRunning()) await pause(this.restMs);
  }

  private async hand(subscription: Subscription, events: readonly EventEnvelope[]): Promise<void> {
    const inbox = this.inboxes.get(subscription);
    if (!inbox) return subscription.handle(events);
    if (inbox.size < MAX_HINTS) for (const event of events) void inbox.put(event);
  }
}
