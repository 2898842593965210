import type { EventEnvelope } from './event.js';

/** An event with its place in the order of all. */
export type Committed = EventEnvelope & { position: string };

/** Who publishes what the outbox holds (`OutboxRelay`), as those know it who write there: they reach neither the bus nor the loops. */
export abstract class Relay {
  /** These were just committed, and are at hand. */
  abstract handOver(events: readonly Committed[]): void;
  /** Something was just committed: publish now rather than at the next tick. */
  abstract wake(): void;
}
