import type { Subscription } from '../bus/event-bus.js';
import type { EventEnvelope } from '../event.js';

const MAX_BATCH = 500;
const RETRY_MS = 100;

interface Waiting {
  event: EventEnvelope;
  handled: () => void;
}

/** One listener's inbox: handles everything that gathered while the previous batch was being handled. */
export class Inbox {
  private waiting: Waiting[] = [];
  private running = false;
  private closed = false;

  constructor(private readonly subscription: Subscription) {}

  get size(): number {
    return this.waiting.length;
  }

  /** Resolves when the event has been handled. */
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
