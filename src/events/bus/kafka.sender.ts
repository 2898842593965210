import { CompressionTypes, type Producer } from 'kafkajs';
import { grouped } from '../../common/grouped.js';
import type { Metrics } from '../../platform/telemetry/metrics.js';
import { topicOf, type EventEnvelope } from '../event.js';
import { REQUEST_TIMEOUT_MS } from './kafka.client.js';
import { headersOf } from './kafka.envelope.js';
import { isTopicGone, type KafkaTopics } from './kafka.topics.js';

/** kafkajs has no size limit of its own for a batch; the broker's default is 1 MB. */
const MAX_SEND_BYTES = 700_000;

interface Pending {
  event: EventEnvelope;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Sends records through kafkajs, which makes one request per `sendBatch()`: what arrives while a send is in flight goes together in
 * the next one, and nothing sleeps to fill a batch.
 */
export class KafkaSender {
  private pending: Pending[] = [];
  private sending = false;

  constructor(
    private readonly producer: Producer,
    private readonly topics: KafkaTopics,
    private readonly prefix: string,
    private readonly metrics: Metrics,
  ) {}

  /** Resolves when the brokers have acknowledged all of `events`. */
  send(events: readonly EventEnvelope[]): Promise<void> {
    const sent = events.map(
      (event) => new Promise<void>((resolve, reject) => this.pending.push({ event, resolve, reject })),
    );
    if (!this.sending) void this.run();
    return Promise.all(sent).then(() => undefined);
  }

  private async run(): Promise<void> {
    this.sending = true;
    await Promise.resolve(); // the turn's other publishers join the first send
    while (this.pending.length > 0) {
      const batch = this.takeBatch();
      const byTopic = grouped(
        batch.map(({ event }) => event),
        ({ name }) => this.prefix + topicOf(name),
      );
      try {
        await this.sendAgainWhereGone(byTopic);
        for (const [topic, list] of byTopic) this.metrics.busRecords.inc({ topic, direction: 'out' }, list.length);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.sending = false;
  }

  private async sendAgainWhereGone(byTopic: ReadonlyMap<string, readonly EventEnvelope[]>): Promise<void> {
    try {
      await this.sendOnce(byTopic);
    } catch (error) {
      if (!isTopicGone(error)) throw error;
      await this.topics.ensure();
      await this.sendOnce(byTopic);
    }
  }

  private async sendOnce(byTopic: ReadonlyMap<string, readonly EventEnvelope[]>): Promise<void> {
    await this.producer.sendBatch({
      acks: -1,
      timeout: REQUEST_TIMEOUT_MS,
      compression: CompressionTypes.None,
      topicMessages: [...byTopic].map(([topic, list]) => ({
        topic,
        messages: list.map((event) => ({ key: event.subject, value: event.data, headers: headersOf(event) })),
      })),
    });
  }

  private takeBatch(): Pending[] {
    let bytes = 0;
    let count = 0;
    while (count < this.pending.length && (count === 0 || bytes < MAX_SEND_BYTES)) {
      bytes += this.pending[count++]!.event.data.length + 400;
    }
    return this.pending.splice(0, count);
  }
}
