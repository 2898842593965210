import type { Producer } from 'kafkajs';
import { grouped } from '../../common/grouped.js';
import { Seldom } from '../../common/pacing/repeating.js';
import type { Config } from '../../config.js';
import type { Log } from '../../platform/telemetry/logger.js';
import { each, fromZero, type Metrics } from '../../platform/telemetry/metrics.js';
import { TOPICS, type Topic } from '../catalogue.js';
import type { EventEnvelope } from '../event.js';
import { EventBus, type Subscription } from './event-bus.js';
import { KafkaClient } from './kafka.client.js';
import { KafkaConsumer, type ConsumerEvents } from './kafka.consumer.js';
import { KafkaSender } from './kafka.sender.js';
import { KafkaTopics } from './kafka.topics.js';

const START_RETRIES = 20;

/** Kafka through kafkajs: one producer, and one consumer for each group that has listeners here. */
export class KafkaEventBus extends EventBus {
  private readonly prefix: string;
  private readonly topics: KafkaTopics;
  private readonly seldom = new Seldom();
  private producer: Producer | null = null;
  private sender: KafkaSender | null = null;
  private consumers: KafkaConsumer[] = [];
  private closing = false;
  /** Topics that had to be created while nobody had asked to be told yet. */
  private created: Topic[] = [];
  private tellLost: ((topics: readonly Topic[]) => void) | null = null;

  constructor(
    private readonly config: Config,
    private readonly log: Log,
    private readonly metrics: Metrics,
    /** Called when a consumer has died for good: the process should be replaced. */
    private readonly fatal: (reason: string) => void,
  ) {
    super();
    this.prefix = config.values.LOOPGPT_KAFKA_PREFIX;
    this.topics = new KafkaTopics(new KafkaClient(config).kafka, this.prefix, (topics) => this.lost(topics));
  }

  /** Connects the producer and creates the topics that are missing. */
  async connect(): Promise<void> {
    await this.topics.ensure(START_RETRIES);
    const names = TOPICS.map((topic) => this.prefix + topic);
    fromZero(this.metrics.busRecords, each('topic', names, 'direction', ['in', 'out']));
    const client = new KafkaClient(this.config);
    this.producer = client.watch(client.kafka.producer({ allowAutoTopicCreation: false }));
    await this.producer.connect();
    this.sender = new KafkaSender(this.producer, this.topics, this.prefix, this.metrics);
  }

  async publish(events: readonly EventEnvelope[]): Promise<void> {
    if (!this.sender) throw new Error('the Kafka producer is not connected');
    await this.sender.send(events);
  }

  async subscribe(subscriptions: readonly Subscription[]): Promise<void> {
    // No group is named by a number.
    const groups = grouped(subscriptions, ({ everyInstance, group, restMs }) =>
      everyInstance ? String(restMs) : group,
    );
    const told: ConsumerEvents = {
      log: this.log,
      metrics: this.metrics,
      onCrash: (group, error, restarts) => this.crashed(group, error, restarts),
      onCommitFailed: (group, error) =>
        this.seldom.say(`commit ${group}`, (times) =>
          this.log.warn({ group, times, error: String(error) }, 'bus.commit_failed'),
        ),
    };
    this.tellLag(subscriptions.filter(({ everyInstance }) => !everyInstance));
    this.consumers = [...groups.values()].map(
      (group) => new KafkaConsumer(new KafkaClient(this.config), this.prefix, group, told),
    );
    await Promise.all(this.consumers.map((consumer) => consumer.start()));
  }

  private tellLag(shared: readonly Subscription[]): void {
    const { busLag } = this.metrics;
    const topics = new Map(
      [...grouped(shared, ({ group }) => group)].map(([group, list]) => [group, list.map(({ topic }) => topic)]),
    );
    if (topics.size === 0) return;
    this.metrics.sound({
      gauges: [busLag],
      measure: async () => {
        for (const { group, topic, records } of await this.topics.lags(topics)) busLag.set({ group, topic }, records);
      },
    });
  }

  whenLost(tell: (topics: readonly Topic[]) => void): void {
    this.tellLost = tell;
    if (this.created.length > 0) tell(this.created.splice(0));
  }

  /** Throws with a plain sentence when the broker cannot be reached, or lacks a topic; what is missing is made meanwhile. */
  async check(): Promise<void> {
    const missing = await this.topics.missing();
    if (missing.length === 0) return;
    this.heal();
    throw new Error(`no topic ${missing.join(', ')}`);
  }

  async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    await this.producer?.disconnect();
  }

  private crashed(group: string, error: unknown, restarts: boolean): void {
    this.seldom.say(`crash ${group}`, (times) =>
      this.log.error({ group, times, error: String(error), restart: restarts }, 'bus.crash'),
    );
    // kafkajs restarts by itself only for errors it calls retriable (IllegalGeneration on commit is not one).
    if (!restarts && !this.closing) this.fatal(`Kafka consumer ${group} stopped: ${String(error)}`);
    else this.heal();
  }

  /** A consumer cannot say that its topic is gone; whoever finds something wrong looks. */
  private heal(): void {
    if (this.closing) return;
    this.topics.ensure().catch((error: unknown) => {
      this.seldom.say('topics', (times) => this.log.warn({ times, error: String(error) }, 'bus.topics_not_created'));
    });
  }

  private lost(topics: readonly Topic[]): void {
    this.log.warn({ topics }, 'bus.topics_created');
    if (this.tellLost) this.tellLost(topics);
    else this.created.push(...topics);
  }
}
