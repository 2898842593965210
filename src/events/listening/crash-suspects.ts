import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import { newId } from '../../common/ids.js';
import type { Repeating } from '../../common/pacing/repeating.js';
import { Database } from '../../platform/database/database.js';

/** How long a start after a crash goes on counting, from when all listeners have joined. */
const CAREFUL_MS = 10_000;
/** A record that was in hand so often when the process ended is not taken in hand again. */
const MOST_ENDS = 3;

/**
 * Which records end the process: one of a listener that does so would end it again after every start. Each process leaves a row while it
 * runs; who starts and finds one that is not its own may follow a crash, and counts for a while what it takes in hand before it does so.
 * What was in hand at an end before is handled alone, one at a time in the whole process, so that no other is counted for it.
 */
@Injectable()
export class CrashSuspects implements BeforeApplicationShutdown {
  private readonly id = newId('proc');
  private readonly seen: Repeating;
  private careful = false;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    clock: Clock,
  ) {
    this.seen = clock.loop('processes.seen', () => this.write());
  }

  get isCareful(): boolean {
    return this.careful;
  }

  /** Before the first record comes. */
  async begin(): Promise<void> {
    const others = await this.database.query<{ id: string }>(
      'SELECT id FROM running_processes WHERE id <> $1 LIMIT 1',
      [this.id],
    );
    this.careful = others.length > 0;
    await this.write();
    this.seen.start();
  }

  /** All listeners have joined: what was in hand at an end comes again now. */
  joined(): void {
    setTimeout(() => (this.careful = false), CAREFUL_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.seen.stop();
    // A row that stays only makes the next start careful.
    await this.database.query('DELETE FROM running_processes WHERE id = $1', [this.id]).catch(() => undefined);
  }

  /** Whether any of these was in hand when a process ended. */
  async any(listener: string, ids: readonly string[]): Promise<boolean> {
    const found = await this.database.query(
      'SELECT 1 FROM crash_suspects WHERE listener = $1 AND event_id = ANY($2) LIMIT 1',
      [listener, ids],
    );
    return found.length > 0;
  }

  /** Does it while these are counted as in hand. */
  async inHand(listener: string, ids: readonly string[], doing: () => Promise<void>): Promise<void> {
    await this.count(listener, ids);
    try {
      await doing();
    } finally {
      await this.forget(listener, ids);
    }
  }

  /** One that was in hand before, while no other such is: `doing`, or `park` when it has ended the process too often. */
  alone(
    listener: string,
    id: string,
    doing: () => Promise<void>,
    park: (reason: string) => Promise<void>,
  ): Promise<void> {
    const mine = this.last.then(async () => {
      const times = await this.count(listener, [id]);
      try {
        if (times > MOST_ENDS) await park(`the process ended ${times - 1} times while this was handled`);
        else await doing();
      } finally {
        await this.forget(listener, [id]);
      }
    });
    this.last = mine.catch(() => undefined);
    return mine;
  }

  /** Answers how often the last of them was counted. */
  private async count(listener: string, ids: readonly string[]): Promise<number> {
    const rows = await this.database.query<{ times: number }>(
      `INSERT INTO crash_suspects AS s (listener, event_id) SELECT $1, unnest($2::text[])
       ON CONFLICT (listener, event_id) DO UPDATE SET times = s.times + 1, at = clock_timestamp() RETURNING times`,
      [listener, [...new Set(ids)].sort()],
    );
    return rows.at(-1)?.times ?? 0;
  }

  private async forget(listener: string, ids: readonly string[]): Promise<void> {
    await this.database.query('DELETE FROM crash_suspects WHERE listener = $1 AND event_id = ANY($2)', [listener, ids]);
  }

  /** Of who was not seen for a minute it is known that it ended, and what was counted a day ago has been handled since. */
  private async write(): Promise<void> {
    await this.database.query(
      `WITH gone AS (
         DELETE FROM running_processes WHERE seen_at < clock_timestamp() - interval '1 minute' AND id <> $1
       ), done AS (
         DELETE FROM crash_suspects WHERE at < clock_timestamp() - interval '1 day'
       )
       INSERT INTO running_processes (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET seen_at = clock_timestamp()`,
      [this.id],
    );
  }
}
