import { hostname } from 'node:os';
import { CompressionTypes, Kafka, logLevel, type Consumer, type EachBatchPayload, type Producer } from 'kafkajs';
import type { Config } from '../config.js';
import type { Log } from '../platform/telemetry/logger.js';
import type { Metrics } from '../platform/telemetry/metrics.js';
import { TOPICS } from './catalogue.js';
import { EventBus, type Subscription } from './event-bus.js';
import { topicOf, type EventEnvelope } from './event.js';
import { OffsetCommits } from './kafka.commits.js';
import { envelopeOf, headersOf } from './kafka.envelope.js';

const PARTITIONS = 6;
/** A send may not take longer than a route can afford: past it the records spill (see outbox and spill). */
const REQUEST_TIMEOUT_MS = 2000;
/**
 * How long the broker holds a fetch that finds nothing; it answers a record at once. Short enough for a heartbeat between two of them,
 * and for a stopping process to wait for.
 */
const IDLE_FETCH_MS = 500;
/** kafkajs has no size limit of its own for a batch; the broker's default is 1 MB. */
const MAX_SEND_BYTES = 700_000;

interface Pending {
  event: EventEnvelope;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Kafka through kafkajs, which sends one request per `send()`: records that arrive while a send is in flight go together in the
 * next one, and nothing sleeps to fill a batch. Topics are created here, never by the broker on a typo.
 */
export class KafkaEventBus extends EventBus {
  private readonly kafka: Kafka;
  private readonly prefix: string;
  private producer: Producer | null = null;
  private readonly consumers: Consumer[] = [];
  private readonly commits: OffsetCommits[] = [];
  private pending: Pending[] = [];
  private sending = false;
  private closing = false;

  constructor(
    config: Config,
    private readonly log: Log,
    private readonly metrics: Metrics,
    /** Called when a consumer has died for good: the process should be replaced. */
    private readonly fatal: (reason: string) => void,
  ) {
    super();
    this.prefix = config.values.LOOPGPT_KAFKA_PREFIX;
    this.kafka = new Kafka({
      clientId: 'loopgpt',
      brokers: config.values.KAFKA_BROKERS ?? [],
      connectionTimeout: 1000,
      requestTimeout: REQUEST_TIMEOUT_MS,
      logLevel: logLevel.NOTHING,
      retry: { initialRetryTime: 50, maxRetryTime: 1000, retries: 4 },
    });
  }

  /** Connects the producer and creates the topics that are missing. */
  async connect(): Promise<void> {
    const admin = this.kafka.admin({ retry: { initialRetryTime: 200, retries: 20 } });
    await admin.connect();
    try {
      const existing = new Set(await admin.listTopics());
      const missing = TOPICS.map((topic) => this.prefix + topic).filter((topic) => !existing.has(topic));
      if (missing.length > 0) {
        const { brokers } = await admin.describeCluster();
        const replicationFactor = Math.min(3, brokers.length);
        await admin.createTopics({
          topics: missing.map((topic) => ({ topic, numPartitions: PARTITIONS, replicationFactor })),
        });
      }
    } finally {
      await admin.disconnect();
    }
    this.producer = this.kafka.producer({ allowAutoTopicCreation: false });
    await this.producer.connect();
  }

  publish(events: readonly EventEnvelope[]): Promise<void> {
    const sent = events.map(
      (event) => new Promise<void>((resolve, reject) => this.pending.push({ event, resolve, reject })),
    );
    if (!this.sending) void this.send();
    return Promise.all(sent).then(() => undefined);
  }

  private async send(): Promise<void> {
    this.sending = true;
    await Promise.resolve(); // the turn's other publishers join the first send
    while (this.pending.length > 0) {
      const batch = this.takeBatch();
      const byTopic = new Map<string, EventEnvelope[]>();
      for (const { event } of batch) {
        const topic = this.prefix + topicOf(event.name);
        byTopic.set(topic, [...(byTopic.get(topic) ?? []), event]);
      }
      try {
        if (!this.producer) throw new Error('the Kafka producer is not connected');
        await this.producer.sendBatch({
          acks: -1,
          timeout: REQUEST_TIMEOUT_MS,
          compression: CompressionTypes.None,
          topicMessages: [...byTopic].map(([topic, list]) => ({
            topic,
            messages: list.map((event) => ({ key: event.subject, value: event.data, headers: headersOf(event) })),
          })),
        });
        for (const [topic, list] of byTopic) this.metrics.busRecords.inc({ topic, direction: 'out' }, list.length);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.sending = false;
  }

  private takeBatch(): Pending[] {
    let bytes = 0;
    let count = 0;
    while (count < this.pending.length && (count === 0 || bytes < MAX_SEND_BYTES)) {
      bytes += this.pending[count++]!.event.data.length + 400;
    }
    return this.pending.splice(0, count);
  }

  async subscribe(subscription: Subscription): Promise<void> {
    const instance = `${hostname()}-${process.pid}-${Date.now().toString(36)}`;
    const consumer = this.kafka.consumer({
      groupId: `${this.prefix}${subscription.group}${subscription.everyInstance ? `-${instance}` : ''}`,
      sessionTimeout: 6000,
      heartbeatInterval: 1000,
      maxWaitTimeInMs: IDLE_FETCH_MS,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 100, maxRetryTime: 2000, retries: 10 },
    });
    this.consumers.push(consumer);
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      this.log.error(
        { group: subscription.group, error: String(payload.error), restart: payload.restart },
        'bus.crash',
      );
      // kafkajs restarts by itself only for errors it calls retriable (IllegalGeneration on commit is not one).
      if (!payload.restart && !this.closing)
        this.fatal(`Kafka consumer ${subscription.group} stopped: ${payload.error}`);
    });
    const topic = this.prefix + subscription.topic;
    const commits = this.commitsOf(subscription, consumer, topic);
    const joined = new Promise<void>((resolve) => {
      consumer.on(consumer.events.GROUP_JOIN, () => {
        commits?.forget();
        resolve();
      });
    });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: !subscription.everyInstance });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: PARTITIONS,
      eachBatch: (payload) => this.handleBatch(subscription, payload, commits),
    });
    await joined;
  }

  /** Null for a group of one instance: nobody goes on where it ended. */
  private commitsOf({ everyInstance, group }: Subscription, consumer: Consumer, topic: string): OffsetCommits | null {
    if (everyInstance) return null;
    const commits = new OffsetCommits(consumer, topic, (error) =>
      this.log.warn({ group, error: String(error) }, 'bus.commit_failed'),
    );
    this.commits.push(commits);
    return commits;
  }

  private async handleBatch(
    subscription: Subscription,
    payload: EachBatchPayload,
    commits: OffsetCommits | null,
  ): Promise<void> {
    const { batch, resolveOffset, heartbeat, isRunning, isStale } = payload;
    if (batch.messages.length === 0 || !isRunning() || isStale()) return;
    this.metrics.busRecords.inc({ topic: batch.topic, direction: 'in' }, batch.messages.length);
    await subscription.handle(batch.messages.map((message) => envelopeOf(message)));
    resolveOffset(batch.lastOffset());
    commits?.note(batch.partition, batch.lastOffset());
    await heartbeat();
  }

  async check(): Promise<void> {
    const admin = this.kafka.admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      await admin.listTopics();
    } finally {
      await admin.disconnect();
    }
  }

  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.commits.map((commits) => commits.stop()));
    await Promise.all(this.consumers.map((consumer) => consumer.disconnect()));
    await this.producer?.disconnect();
  }
}
