import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../clock/clock.js';
import { type Repeating, Seldom } from '../common/pacing/repeating.js';
import { Config } from '../config.js';
import { Database } from '../platform/database/database.js';
import { Metrics } from '../platform/telemetry/metrics.js';
import { EventBus } from './bus/event-bus.js';
import type { Topic } from './catalogue.js';
import { topicOf, type EventEnvelope } from './event.js';
import { groupsOn } from './listening/on-events.js';

const BATCH = 200;

type Handle = (batch: readonly EventEnvelope[]) => Promise<void>;

/**
 * Publishes events that are not rows yet. When the bus refuses them (brokers down), they spill into PostgreSQL, and the listener's
 * process picks them up from there, each listening group its own: a route is decided from what its providers said even while Kafka is away.
 */
@Injectable()
export class DirectPublisher implements OnApplicationShutdown {
  private readonly loops: Repeating[] = [];
  private readonly seldom = new Seldom();

  constructor(
    private readonly database: Database,
    private readonly bus: EventBus,
    private readonly log: PinoLogger,
    private readonly clock: Clock,
    metrics: Metrics,
    config: Config,
  ) {
    if (config.roles.has('aggregator'))
      metrics.sound({
        gauges: [metrics.spilled],
        measure: async () => metrics.spilled.set(await this.depth()),
      });
  }

  /** How many wait in the table, of all topics and listeners; no more than 100,000 are counted. */
  private async depth(): Promise<number> {
    const [row] = await this.database.query<{ depth: number }>(
      'SELECT count(*)::int AS depth FROM (SELECT FROM spilled_events LIMIT 100000) waiting',
    );
    return row!.depth;
  }

  async publish(events: readonly EventEnvelope[]): Promise<void> {
    try {
      await this.bus.publish(events);
    } catch (error) {
      this.seldom.say('spilled', (times) => this.log.warn({ times, error: String(error) }, 'bus.spilled'));
      await this.database.query(
        `INSERT INTO spilled_events (topic, listener, envelope)
         SELECT topic, listener, envelope FROM jsonb_to_recordset($1) AS x(topic text, listeners text[], envelope jsonb),
           unnest(listeners) AS listener`,
        [JSON.stringify(events.map((event) => spillOf(event)))],
      );
      for (const loop of this.loops) loop.wake();
    }
  }

  /** Hands what was spilled of `topic` for `group` to `handle` until the process stops. Gone from the table once handled. */
  drain(topic: Topic, group: string, handle: Handle): void {
    const loop = this.clock.loop('spill.drain', async () => {
      const [found] = await this.database.query(
        'SELECT FROM spilled_events WHERE topic = $1 AND listener = $2 LIMIT 1',
        [topic, group],
      );
      return found !== undefined && this.handOn(topic, group, handle);
    });
    this.loops.push(loop);
    loop.start();
  }

  /** Answers whether there may be more. */
  private handOn(topic: Topic, group: string, handle: Handle): Promise<boolean> {
    return this.database.system(async (tx) => {
      const rows = await tx.query<{ position: string; envelope: EventEnvelope }>(
        `SELECT position, envelope FROM spilled_events WHERE topic = $1 AND listener = $2
         ORDER BY position LIMIT $3 FOR UPDATE SKIP LOCKED`,
        [topic, group, BATCH],
      );
      if (rows.length === 0) return false;
      await handle(rows.map((row) => row.envelope));
      await tx.query('DELETE FROM spilled_events WHERE position = ANY($1::bigint[])', [
        rows.map((row) => row.position),
      ]);
      return rows.length === BATCH;
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}

function spillOf(event: EventEnvelope): { topic: Topic; listeners: string[]; envelope: EventEnvelope } {
  const topic = topicOf(event.name);
  return { topic, listeners: groupsOn(topic), envelope: event };
}
