import { Injectable } from '@nestjs/common';
import { newId } from '../../../common/ids.js';
import { NowAndThen } from '../../../common/pacing/now-and-then.js';
import { Database } from '../../../platform/database/database.js';
import { Queues } from '../../../queues/queues.js';

/** Anybody may ask for readiness; what it writes is shared by all who ask within this time. */
const SHARED_MS = 2000;
const FILLER = 'x'.repeat(4096);

/** Whether writes succeed: a full disk, a Redis out of memory or a read-only replica answers every reading well. */
@Injectable()
export class WriteProbe {
  private readonly id = newId('probe');
  private readonly database: NowAndThen<void>;
  private readonly queues: NowAndThen<void>;

  constructor(database: Database, queues: Queues) {
    this.database = new NowAndThen(() => this.plainly(() => this.writeTo(database)), SHARED_MS);
    this.queues = new NowAndThen(() => this.plainly(() => queues.probe()), SHARED_MS);
  }

  /** Throws a sentence without a name of host or user. */
  ofDatabase(signal: AbortSignal): Promise<void> {
    return this.database.get(signal);
  }

  /** Throws a sentence without a name of host or user. */
  ofQueues(signal: AbortSignal): Promise<void> {
    return this.queues.get(signal);
  }

  private async writeTo(database: Database): Promise<void> {
    await database.query(
      `WITH gone AS (DELETE FROM write_probes WHERE at < clock_timestamp() - interval '1 hour')
       INSERT INTO write_probes (process, filler) VALUES ($1, $2)
       ON CONFLICT (process) DO UPDATE SET at = clock_timestamp(), filler = EXCLUDED.filler`,
      [this.id, FILLER],
    );
  }

  private async plainly(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      throw new Error(`no write succeeds (${codeOf(error)})`, { cause: error });
    }
  }
}

/** PostgreSQL's SQLSTATE, or the first word of Redis's answer (OOM, READONLY, MISCONF). */
function codeOf(error: unknown): string {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  const said = driverError?.code ?? code;
  if (typeof said === 'string' && /^[0-9A-Z]{5}$/.test(said)) return `SQLSTATE ${said}`;
  return /^[A-Z]{3,12}(?= )/.exec((error as Error).message)?.[0] ?? 'no answer';
}
