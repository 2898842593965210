import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../clock/clock.js';
import { Batcher } from '../common/pacing/batcher.js';
import { crashPoint } from '../common/crash-points.js';
import { idsSince } from '../common/ids.js';
import type { Repeating } from '../common/pacing/repeating.js';
import { Database, type Tx } from '../platform/database/database.js';
import { Metrics } from '../platform/telemetry/metrics.js';
import { beginSpan, isRecording } from '../platform/telemetry/tracing.js';
import { EventBus } from './bus/event-bus.js';
import { EVENTS, type EventName, type Topic } from './catalogue.js';
import { ENVELOPE_COLUMNS } from './event.js';
import type { Committed, Relay } from './relay.js';

const BATCH = 500;
/** How long an event that is handed over at once is left to who made it. */
const LEFT_MS = 200;

/** Nobody waits for the mark of what was published; what is not marked when its process is killed goes out again. */
const MARKED_WITHIN_MS = 25;

/** What was published longer ago than this has been heard, unless its listeners were away too. */
const UNHEARD_MS = 10 * 60_000;

/**
 * Publishes the event rows that transactions left behind, in order, and marks them. Woken right after a commit in this process;
 * the tick finds the rows of others. Safe to run anywhere and twice: rows are claimed with SKIP LOCKED, and a row published but
 * not marked before a crash goes out again with the same id.
 */
@Injectable()
export class OutboxRelay implements Relay, OnApplicationShutdown {
  private readonly loop: Repeating;
  /** Positions of those on their way to the bus by `handOver`. */
  private readonly handed = new Set<string>();
  /** What is handed over where it is made: the loop leaves it the time for that. */
  private readonly handedNames = new Set<string>();
  private readonly underWay = new Set<Promise<void>>();
  private readonly marking = new Batcher<readonly string[], void>(
    async (lists) => {
      await this.mark(lists.flat());
      return lists.map(() => undefined);
    },
    { maxItems: 200, restMs: MARKED_WITHIN_MS },
  );

  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
    clock: Clock,
  ) {
    this.loop = clock.loop('outbox.relay', () => this.relay());
  }

  start(): void {
    this.loop.start();
    this.bus.whenLost((topics) => {
      this.again(topics).catch((error: unknown) =>
        this.log.error({ topics, error: String(error) }, 'outbox.not_repeated'),
      );
    });
  }

  /** Something was just committed: publish now rather than at the next tick. */
  wake(): void {
    this.loop.wake();
  }

  /**
   * Publishes events that were committed by this process a moment ago, and marks them: nothing is read that is at hand. What the bus
   * refuses is left to the loop, which takes them for any other row.
   */
  handOver(events: readonly Committed[]): void {
    if (events.length === 0) return;
    for (const { position, name } of events) {
      this.handed.add(position);
      this.handedNames.add(name);
    }
    this.publish(events)
      .then(() => {
        crashPoint('outbox.post_publish');
        return this.marked(events.map(({ position }) => position));
      })
      .catch((error: unknown) => this.log.warn({ events: events.length, error: String(error) }, 'outbox.left_to_relay'))
      .finally(() => {
        for (const { position } of events) this.handed.delete(position);
      });
  }

  /** A process that stops marks what it has published. */
  private async marked(positions: readonly string[]): Promise<void> {
    const marking = this.marking.add(positions);
    this.underWay.add(marking);
    await marking.finally(() => this.underWay.delete(marking));
  }

  /** Each as a step under what told it; who hears it goes on from there. */
  private async publish(events: readonly Committed[]): Promise<void> {
    if (!isRecording()) return this.bus.publish(events);
    const told = events.map((event) => {
      const facts = { 'messaging.destination.name': EVENTS[event.name].topic, 'loopgpt.subject': event.subject };
      return { event, span: beginSpan(`${event.name} publish`, 'producer', event.traceparent, facts) };
    });
    try {
      await this.bus.publish(told.map(({ event, span }) => ({ ...event, traceparent: span.context })));
      for (const { span } of told) span.end();
    } catch (error) {
      for (const { span } of told) span.end({}, 'not published');
      throw error;
    }
  }

  /** One that another process took for left, and published too, is counted by whoever marks it. */
  private async mark(positions: readonly string[]): Promise<void> {
    const [marked] = await this.database.query<{ count: number }>(
      `WITH relaxed AS (SELECT set_config('synchronous_commit', 'off', true)),
         marked AS (UPDATE events SET published_at = clock_timestamp() FROM relaxed
           WHERE position = ANY($1::bigint[]) AND published_at IS NULL RETURNING 1)
       SELECT count(*)::int AS count FROM marked`,
      [positions],
    );
    this.metrics.outboxPublished.inc(marked!.count);
  }

  /** How many events are not yet handed to the bus, by any process; no more than 100,000 are counted. */
  async pending(): Promise<number> {
    const [row] = await this.database.query<{ pending: number }>(
      'SELECT count(*)::int AS pending FROM (SELECT FROM events WHERE published_at IS NULL LIMIT 100000) waiting',
    );
    return row!.pending;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled([this.loop.stop(), ...this.underWay]);
  }

  /** Publishes the latest events of `topics` again: the bus lost them, perhaps before all had heard them. */
  private async again(topics: readonly Topic[]): Promise<void> {
    const names = (Object.keys(EVENTS) as EventName[]).filter((name) => topics.includes(EVENTS[name].topic));
    const rows = await this.database.query(
      `UPDATE events SET published_at = NULL WHERE id >= $1 AND published_at IS NOT NULL AND name = ANY($2) RETURNING 1`,
      [idsSince('evt', Date.now() - UNHEARD_MS), names],
    );
    if (rows.length > 0) this.log.warn({ topics, events: rows.length }, 'outbox.repeated');
    this.wake();
  }

  /** Publishes what is waiting; returns true when there may be more. */
  private async relay(): Promise<boolean> {
    // Nobody's claim: most looks find nothing, and need no transaction for it.
    const [waiting] = await this.database.query('SELECT FROM events WHERE published_at IS NULL LIMIT 1');
    if (!waiting) return false;
    return this.database.system(async (tx) => {
      const events = await claim(tx, [...this.handed], [...this.handedNames]);
      if (events.length === 0) return false;
      await this.publish(events);
      crashPoint('outbox.post_publish');
      await tx.query('UPDATE events SET published_at = clock_timestamp() WHERE position = ANY($1::bigint[])', [
        events.map((event) => event.position),
      ]);
      this.metrics.outboxPublished.inc(events.length);
      return events.length === BATCH;
    });
  }
}

async function claim(tx: Tx, handed: readonly string[], names: readonly string[]): Promise<Committed[]> {
  // A lost mark only repeats an event, so marking need not wait for the disk.
  await tx.query('SET LOCAL synchronous_commit = off');
  return tx.query(
    `SELECT position, ${ENVELOPE_COLUMNS} FROM events
     WHERE published_at IS NULL AND position <> ALL($2::bigint[])
       AND (name <> ALL($3) OR created_at < clock_timestamp() - interval '${LEFT_MS} ms')
     ORDER BY position LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [BATCH, handed, names],
  );
}
