import type { Admin, Kafka } from 'kafkajs';
import { TOPICS, type Topic } from '../catalogue.js';

const PARTITIONS = 6;
const KNOWN_ATTEMPTS = 50;
const KNOWN_MS = 100;

/**
 * Our topics: created here, never by the broker on a typo, and created again when they are gone (a broker that came back empty, or
 * somebody deleted them). What they held is gone too, so `onCreated` is told which.
 */
export class KafkaTopics {
  private creating: Promise<void> | null = null;

  constructor(
    private readonly kafka: Kafka,
    private readonly prefix: string,
    private readonly onCreated: (topics: readonly Topic[]) => void,
  ) {}

  /** Creates those that are missing; callers of the same moment share one look. */
  ensure(retries = 2): Promise<void> {
    this.creating ??= this.create(retries).finally(() => {
      this.creating = null;
    });
    return this.creating;
  }

  /** Those that the broker does not have. */
  missing(): Promise<Topic[]> {
    return this.asking(0, (admin) => this.missingOn(admin));
  }

  /** Records on each topic that each group has not committed; those of a group that never committed are all there are. */
  lags(groups: ReadonlyMap<string, readonly Topic[]>): Promise<{ group: string; topic: Topic; records: number }[]> {
    return this.asking(0, async (admin) => {
      const topics = [...new Set([...groups.values()].flat())];
      const ends = new Map(
        await Promise.all(
          topics.map(async (topic) => [topic, await admin.fetchTopicOffsets(this.prefix + topic)] as const),
        ),
      );
      const lags = [...groups].map(async ([group, heard]) => {
        const committed = await admin.fetchOffsets({
          groupId: this.prefix + group,
          topics: heard.map((topic) => this.prefix + topic),
        });
        return heard.map((topic) => {
          const own = committed.find((one) => one.topic === this.prefix + topic)?.partitions ?? [];
          const records = ends.get(topic)!.reduce((sum, { partition, high, low }) => {
            const at = Number(own.find((one) => one.partition === partition)?.offset ?? -1);
            return sum + Math.max(0, Number(high) - (at < 0 ? Number(low) : at));
          }, 0);
          return { group, topic, records };
        });
      });
      return (await Promise.all(lags)).flat();
    });
  }

  private async create(retries: number): Promise<void> {
    const created = await this.asking(retries, async (admin) => {
      const missing = await this.missingOn(admin);
      if (missing.length === 0) return [];
      const { brokers } = await admin.describeCluster();
      const replicationFactor = Math.min(3, brokers.length);
      const made: Topic[] = [];
      for (const topic of missing) {
        const row = { topic: this.prefix + topic, numPartitions: PARTITIONS, replicationFactor };
        // False: another process was first, and it is its to tell.
        if (await admin.createTopics({ topics: [row], waitForLeaders: false })) made.push(topic);
      }
      await this.known(admin, missing);
      return made;
    });
    if (created.length > 0) this.onCreated(created);
  }

  /** Waits until the broker names who leads them: it answers that there is no such topic for a moment after it has made one. */
  private async known(admin: Admin, topics: readonly Topic[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await admin.fetchTopicMetadata({ topics: topics.map((topic) => this.prefix + topic) });
        return;
      } catch (error) {
        if (attempt === KNOWN_ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, KNOWN_MS));
      }
    }
  }

  private async missingOn(admin: Admin): Promise<Topic[]> {
    const existing = new Set(await admin.listTopics());
    return TOPICS.filter((topic) => !existing.has(this.prefix + topic));
  }

  private async asking<T>(retries: number, work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.kafka.admin({ retry: { initialRetryTime: 200, retries } });
    try {
      await admin.connect();
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }
}

/** Whether the broker says that a topic is not there, however deep kafkajs has wrapped it. */
export function isTopicGone(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('type' in cause && cause.type === 'UNKNOWN_TOPIC_OR_PARTITION') return true;
    if (cause.name === 'KafkaJSTopicMetadataNotLoaded') return true;
  }
  return false;
}
