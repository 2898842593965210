import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Repeating } from '../common/repeating.js';
import { Database, type Tx } from '../platform/database/database.js';
import { Metrics } from '../platform/telemetry/metrics.js';
import { EventBus } from './event-bus.js';
import { ENVELOPE_COLUMNS, type EventEnvelope } from './event.js';

const TICK_MS = 250;
const BATCH = 500;

/**
 * Publishes the event rows that transactions left behind, in order, and marks them. Woken right after a commit in this process;
 * the tick finds the rows of others. Safe to run anywhere and twice: rows are claimed with SKIP LOCKED, and a row published but
 * not marked before a crash goes out again with the same id.
 */
@Injectable()
export class OutboxRelay implements OnApplicationShutdown {
  private readonly loop: Repeating;

  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly metrics: Metrics,
    log: PinoLogger,
  ) {
    this.loop = new Repeating(
      () => this.relay(),
      TICK_MS,
      (error) => log.warn({ error: String(error) }, 'outbox.relay_failed'),
    );
  }

  start(): void {
    this.loop.start();
  }

  /** Something was just committed: publish now rather than at the next tick. */
  wake(): void {
    this.loop.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** Publishes what is waiting; returns true when there may be more. */
  private async relay(): Promise<boolean> {
    return this.database.system(async (tx) => {
      const events = await claim(tx);
      if (events.length === 0) return false;
      await this.bus.publish(events);
      await tx.query('UPDATE events SET published_at = clock_timestamp() WHERE position = ANY($1::bigint[])', [
        events.map((event) => event.position),
      ]);
      this.metrics.outboxPublished.inc(events.length);
      return events.length === BATCH;
    });
  }
}

async function claim(tx: Tx): Promise<(EventEnvelope & { position: string })[]> {
  // A lost mark only repeats an event, so marking need not wait for the disk.
  await tx.query('SET LOCAL synchronous_commit = off');
  return tx.query(
    `SELECT position, ${ENVELOPE_COLUMNS} FROM events
     WHERE published_at IS NULL ORDER BY position LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [BATCH],
  );
}
