import { EventBus, type Subscription } from './event-bus.js';
import { topicOf, type EventEnvelope } from './event.js';

const MAX_BATCH = 500;
const RETRY_MS = 100;

interface Waiting {
  event: EventEnvelope;
  handled: () => void;
}

/** One group's inbox: handles everything that gathered while the previous batch was being handled. */
class Inbox {
  private waiting: Waiting[] = [];
  private running = false;
  private closed = false;

  constructor(private readonly subscription: Subscription) {}

  put(event: EventEnvelope): Promise<void> {
    const done = new Promise<void>((handled) => this.waiting.push({ event, handled }));
    if (!this.running) void this.run();
    return done;
  }

  close(): void {
    this.closed = true;
  }

  private async run(): Promise<void> {
    this.running = true;
    // The turn's other publishers join the first batch.
    await Promise.resolve();
    while (this.waiting.length > 0 && !this.closed) {
      const batch = this.waiting.slice(0, MAX_BATCH);
      try {
        await this.subscription.handle(batch.map(({ event }) => event));
      } catch {
        // The router has logged it; the batch comes again, as it would from Kafka.
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        continue;
      }
      this.waiting.splice(0, batch.length);
      for (const { handled } of batch) handled();
    }
    this.running = false;
  }
}

/**
 * The bus inside one process. An event is safe once every group has handled it, so a worker that waits for `publish` before it
 * completes its job loses nothing to a kill.
 */
export class MemoryEventBus extends EventBus {
  private readonly inboxes = new Map<string, Inbox[]>();

  async publish(events: readonly EventEnvelope[]): Promise<void> {
    await Promise.all(
      events.flatMap((event) => (this.inboxes.get(topicOf(event.name)) ?? []).map((inbox) => inbox.put(event))),
    );
  }

  async subscribe(subscription: Subscription): Promise<void> {
    const inboxes = this.inboxes.get(subscription.topic) ?? [];
    inboxes.push(new Inbox(subscription));
    this.inboxes.set(subscription.topic, inboxes);
  }

  async check(): Promise<void> {
    // In this process: reachable by definition.
  }

  async close(): Promise<void> {
    for (const inbox of [...this.inboxes.values()].flat()) inbox.close();
  }
}
