import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { Clock } from '../../clock/clock.js';
import { setDatabaseTime } from '../../common/clock.js';
import type { Repeating } from '../../common/pacing/repeating.js';
import { Database } from './database.js';
import { ClockJudge, type Reading } from './clock-judge.js';

const REMIND_MS = 60_000;

/**
 * Keeps `databaseNow()` by asking PostgreSQL, and knows how far this host's own clock is off. What a wrong clock would spoil goes by
 * the database's; what is left of it (TLS, logs, timers of queues) is why a process that is far off is not ready.
 */
@Injectable()
export class DatabaseClock implements OnApplicationShutdown {
  private readonly judge = new ClockJudge();
  private readonly refreshing: Repeating;
  private saidAt = -Infinity;

  private constructor(
    private readonly database: Database,
    clock: Clock,
    private readonly log: PinoLogger,
  ) {
    this.refreshing = clock.loop('clock.measure', () => this.measure());
  }

  /** Measured once before anything makes an id or a token. */
  static async start(database: Database, clock: Clock, log: PinoLogger): Promise<DatabaseClock> {
    const time = new DatabaseClock(database, clock, log);
    await time.measure();
    time.refreshing.start();
    return time;
  }

  /** What is wrong with this host's clock: a sentence when it is more than a second off, and whether it can still be worked with. */
  get state(): { ok: boolean; detail?: string } {
    return this.judge.state(Date.now(), performance.now());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.refreshing.stop();
  }

  private async measure(): Promise<void> {
    const reading = await this.read();
    if (this.judge.take(reading)) setDatabaseTime(reading.ms, reading.at);
    const { detail } = this.state;
    if (!detail || performance.now() - this.saidAt < REMIND_MS) return;
    this.saidAt = performance.now();
    this.log.warn({ off_ms: Math.round(this.judge.offMs(Date.now(), performance.now())), detail }, 'clock.off');
  }

  private async read(): Promise<Reading> {
    const sent = performance.now();
    const [row] = await this.database.query<{ ms: number }>(
      'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
    );
    const roundMs = performance.now() - sent;
    return { ms: row!.ms, at: sent + roundMs / 2, errorMs: roundMs / 2 };
  }
}
