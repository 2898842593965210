import type { Topic } from '../catalogue.js';
import { topicOf, type EventEnvelope } from '../event.js';
import { Inbox } from '../listening/inbox.js';
import { EventBus, type Subscription } from './event-bus.js';

/**
 * The bus inside one process. An event is safe once every group has handled it, so a worker that waits for `publish` before it
 * completes its job loses nothing to a kill.
 */
export class MemoryEventBus extends EventBus {
  private readonly inboxes = new Map<Topic, Inbox[]>();
  private join: () => void = () => undefined;
  /** Whoever publishes before the listeners have joined waits for them: a process that starts has work from before at once. */
  private readonly joined = new Promise<void>((resolve) => (this.join = resolve));

  async publish(events: readonly EventEnvelope[]): Promise<void> {
    await this.joined;
    await Promise.all(
      events.flatMap((event) => (this.inboxes.get(topicOf(event.name)) ?? []).map((inbox) => inbox.put(event))),
    );
  }

  async subscribe(subscriptions: readonly Subscription[]): Promise<void> {
    for (const subscription of subscriptions) {
      const inboxes = this.inboxes.get(subscription.topic) ?? [];
      inboxes.push(new Inbox(subscription));
      this.inboxes.set(subscription.topic, inboxes);
    }
    this.join();
  }

  whenLost(): void {
    // It loses nothing that its publishers do not know of.
  }

  async check(): Promise<void> {
    // In this process: reachable by definition.
  }

  async close(): Promise<void> {
    for (const inbox of [...this.inboxes.values()].flat()) inbox.close();
  }
}
