import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Batcher } from '../common/pacing/batcher.js';
import { Database } from '../platform/database/database.js';

const LOOK_AGAIN_MS = 20;
const WAIT_MS = 1000;

interface Mark {
  position: string;
  xid: string;
}

/**
 * The position up to which the order of events is settled. Positions are drawn before their transactions commit, so whoever reads
 * in their order would pass over one that commits late. A mark is the last position drawn and a transaction id taken after it:
 * each position up to it belongs to a transaction with a lower id (the column's default sees to that), so once all lower ids have
 * ended, everything up to the mark is either there or never will be.
 */
@Injectable()
export class EventHorizon {
  private settled = '0';
  /** Whoever asks gets a mark made after asking: an event that was announced before is never beyond it. */
  private readonly asking = new Batcher<null, string>((askers) => this.advance().then((at) => askers.map(() => at)), {
    maxItems: 10_000,
  });

  constructor(private readonly database: Database) {}

  current(): Promise<string> {
    return this.asking.add(null);
  }

  /** Waits for the transactions of the moment, usually not at all; a long one (a migration) holds back what came after it. */
  private async advance(): Promise<string> {
    const [mark] = await this.database.query<Mark>(
      `SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END AS position, pg_current_xact_id()::text AS xid
       FROM event_positions`,
    );
    const until = performance.now() + WAIT_MS;
    do {
      const [state] = await this.database.query<{ settled: boolean }>(
        'SELECT pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 AS settled',
        [mark!.xid],
      );
      if (state!.settled) return (this.settled = mark!.position);
      await sleep(LOOK_AGAIN_MS);
    } while (performance.now() < until);
    return this.settled;
  }
}
