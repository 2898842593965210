import { Injectable } from '@nestjs/common';
import { newId } from '../../common/ids.js';
import { cleanText, cleaned } from '../../common/text.js';
import { Config } from '../../config.js';
import { Database } from '../../platform/database/database.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import type { EventEnvelope } from '../event.js';

export interface DeadLetterRow {
  id: string;
  source: string;
  tenantId: string | null;
  record: Partial<EventEnvelope>;
  reason: string;
  createdAt: Date;
  redrivenAt: Date | null;
  redrivenBy: string | null;
}
export interface LetterFilter {
  topic?: string | undefined;
  reason?: string | undefined;
  ids?: readonly string[] | undefined;
  waiting?: boolean | undefined;
}

const COLUMNS = `id, source, tenant_id AS "tenantId", record, reason, created_at AS "createdAt", redriven_at AS "redrivenAt",
  redriven_by AS "redrivenBy"`;
const MATCHES = `($1::text IS NULL OR split_part(source, '/', 1) = $1) AND ($2::text IS NULL OR strpos(reason, $2) > 0)
  AND ($3::text[] IS NULL OR id = ANY($3)) AND ($4::boolean IS NULL OR (redriven_at IS NULL) = $4)`;

/**
 * Where records go that can never be handled: kept with the reason, so that nothing is lost and nothing blocks. Their texts are cleaned:
 * one that cannot even be parked would come again and again.
 */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly database: Database,
    metrics: Metrics,
    config: Config,
  ) {
    if (config.roles.has('aggregator'))
      metrics.sound({
        gauges: [metrics.deadLetters],
        measure: async () => metrics.deadLetters.set(await this.waiting()),
      });
  }

  /** How many nobody has redriven; no more than 100,000 are counted. */
  private async waiting(): Promise<number> {
    const [row] = await this.database.query<{ waiting: number }>(
      'SELECT count(*)::int AS waiting FROM (SELECT FROM dead_letters WHERE redriven_at IS NULL LIMIT 100000) letters',
    );
    return row!.waiting;
  }

  async park(source: string, record: { tenantId?: string }, reason: string): Promise<void> {
    await this.database.query(
      'INSERT INTO dead_letters (id, tenant_id, source, record, reason) VALUES ($1, $2, $3, $4, $5)',
      [newId('dlq'), record.tenantId || null, source, JSON.stringify(cleaned(record)), cleanText(reason.slice(0, 500))],
    );
  }

  /** Which of the events `ids` have a letter of `source` that waits. */
  async parked(source: string, ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT record->>'id' AS id FROM dead_letters WHERE source = $1 AND redriven_at IS NULL AND record->>'id' = ANY($2)`,
      [source, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async find(id: string): Promise<DeadLetterRow | null> {
    const [row] = await this.database.query<DeadLetterRow>(`SELECT ${COLUMNS} FROM dead_letters WHERE id = $1`, [id]);
    return row ?? null;
  }

  /** Newest first; `before` is the last id of the previous page. */
  async list(filter: LetterFilter, limit: number, before: string | null): Promise<DeadLetterRow[]> {
    return this.database.query<DeadLetterRow>(
      `SELECT ${COLUMNS} FROM dead_letters WHERE ${MATCHES} AND ($6::text IS NULL OR id < $6) ORDER BY id DESC LIMIT $5`,
      [...paramsOf(filter), limit, before],
    );
  }

  async oldestWaiting(filter: LetterFilter, limit: number): Promise<DeadLetterRow[]> {
    return this.database.query<DeadLetterRow>(
      `SELECT ${COLUMNS} FROM dead_letters WHERE ${MATCHES} ORDER BY id LIMIT $5`,
      [...paramsOf({ ...filter, waiting: true }), limit],
    );
  }

  /**
   * Hands those of `ids` that still wait, and that nobody else is redriving, to `publish`, and marks them in the same transaction: one
   * that is cut off goes out again, which listeners are made for. Answers how many.
   */
  async redrive(
    ids: readonly string[],
    act: string,
    publish: (events: readonly EventEnvelope[]) => Promise<void>,
  ): Promise<number> {
    return this.database.system(async (tx) => {
      const rows = await tx.query<{ id: string; record: EventEnvelope }>(
        `SELECT id, record FROM dead_letters WHERE id = ANY($1) AND redriven_at IS NULL ORDER BY id FOR UPDATE SKIP LOCKED`,
        [ids],
      );
      if (rows.length === 0) return 0;
      await publish(rows.map(({ record }) => record));
      await tx.query('UPDATE dead_letters SET redriven_at = clock_timestamp(), redriven_by = $2 WHERE id = ANY($1)', [
        rows.map(({ id }) => id),
        act,
      ]);
      return rows.length;
    });
  }
}

const paramsOf = ({ topic, reason, ids, waiting }: LetterFilter): unknown[] => [
  topic ?? null,
  reason ?? null,
  ids ?? null,
  waiting ?? null,
];
