import type { Topic } from '../catalogue.js';
import type { EventEnvelope } from '../event.js';

/** Who listens: each group hears every event once per group (at least once); each instance of `everyInstance` hears all of them. */
export interface Subscription {
  group: string;
  topic: Topic;
  /** True: not shared with other instances and only from now on (for waking up those who wait). */
  everyInstance: boolean;
  /** How long it may rest after each batch; a bus inside the process, whose publishers wait for their listeners, lets nobody rest. */
  restMs: number;
  /** Handles a batch in order. A throw brings the batch again. */
  handle(batch: readonly EventEnvelope[]): Promise<void>;
}

/**
 * Port between those who say that something happened and those who listen: Kafka, or memory when all roles share a process.
 * `publish` resolves when the events are safe: acknowledged by the brokers, or handled by every local group.
 */
export abstract class EventBus {
  abstract publish(events: readonly EventEnvelope[]): Promise<void>;
  /** All that is listened to in this process, once; resolves when all have joined. */
  abstract subscribe(subscriptions: readonly Subscription[]): Promise<void>;
  /** Calls `tell` whenever topics had to be made anew, so that what they held is gone; at once for those made before. */
  abstract whenLost(tell: (topics: readonly Topic[]) => void): void;
  /** Throws with a plain sentence when the bus cannot be reached or lacks a topic. */
  abstract check(): Promise<void>;
  abstract close(): Promise<void>;
}
