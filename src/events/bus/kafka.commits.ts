import type { Consumer } from 'kafkajs';
import { Repeating } from '../../common/pacing/repeating.js';

const COMMIT_MS = 1000;

/**
 * Commits what a consumer has handled once a second, and not after each batch: a commit costs the next batch a round trip. Listeners
 * bear to hear a record again, so a crash costs them a second of repetition. Outside the consumer's own loop a commit that fails (a
 * generation that is over, a broker that is away) cannot end the consumer either; it is made again or the partition's next owner repeats.
 */
export class OffsetCommits {
  /** The next offset of each partition, by topic, that is not committed yet. */
  private readonly handled = new Map<string, { topic: string; partition: number; offset: string }>();
  private readonly committing: Repeating;

  constructor(
    private readonly consumer: Pick<Consumer, 'commitOffsets'>,
    private readonly onError: (error: unknown) => void,
  ) {
    this.committing = new Repeating(() => this.commit(), COMMIT_MS, onError);
    this.committing.start();
  }

  /** Every record up to `offset` has been handled. */
  note(topic: string, partition: number, offset: string): void {
    this.handled.set(`${topic}/${partition}`, { topic, partition, offset: (BigInt(offset) + 1n).toString() });
  }

  /** Partitions have been dealt anew: what was handled under the former deal is no longer ours to commit. */
  forget(): void {
    this.handled.clear();
  }

  /** Commits the rest. */
  async stop(): Promise<void> {
    await this.committing.stop();
    await this.commit().catch(this.onError);
  }

  private async commit(): Promise<void> {
    const handled = [...this.handled];
    if (handled.length === 0) return;
    await this.consumer.commitOffsets(handled.map(([, offset]) => offset));
    for (const [key, offset] of handled) if (this.handled.get(key) === offset) this.handled.delete(key);
  }
}
