import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../../clock/clock.js';
import type { Repeating } from '../../../common/pacing/repeating.js';
import { Config } from '../../../config.js';
import { Database } from '../../../platform/database/database.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import type { ReadAs, StateLine } from '../carts/deciding/cart-state.js';
import { wordsMetrics } from '../words.metrics.js';
import type { WordsAccuracy } from './accuracy.dto.js';
import { keptOf } from './deciding/kept-lines.js';
import { shareOf } from './deciding/share.js';

const HOURS = 24;
const BATCH = 200;
/** Of so many days the share is told. */
const DAYS = 30;
/** A chain of carts is followed so far. */
const MOST_FOLLOWING = 100;

interface Due {
  id: string;
  read: ReadAs[] | null;
  lines: StateLine[] | null;
}

/**
 * Which of the lines that words were read to be stand unchanged a day later: in the cart that was routed first, itself or one that goes on
 * from it, or else in the latest. Counted once for each cart; what was asked about was not read, and does not count.
 */
@Injectable()
export class LiveShare implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly counting: Repeating;

  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly config: Config,
    clock: Clock,
  ) {
    this.counting = clock.loop('words.kept', () => this.count());
  }

  onApplicationBootstrap(): void {
    if (this.config.roles.has('planner')) this.counting.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.counting.stop();
  }

  /** One batch of carts of more than a day ago; answers whether there may be more. */
  async count(): Promise<boolean> {
    const due = await this.database.query<Due>(
      `SELECT c.id, c.state->'readAs' AS read, later.lines FROM (
         SELECT id, tenant_id, state, closed_at FROM carts WHERE lines_read IS NULL AND status IN ('ready', 'needs_input')
           AND closed_at < clock_timestamp() - make_interval(hours => $1) ORDER BY closed_at LIMIT $2
       ) c CROSS JOIN LATERAL (
         WITH RECURSIVE chain AS (
           SELECT k.id, k.state, k.routed_at, k.closed_at, 0 AS depth FROM carts k WHERE k.id = c.id
           UNION ALL
           SELECT k.id, k.state, k.routed_at, k.closed_at, depth + 1 FROM chain JOIN carts k ON k.follows = chain.id
           WHERE k.tenant_id = c.tenant_id AND k.status IN ('ready', 'needs_input') AND depth < ${MOST_FOLLOWING}
             AND k.closed_at < c.closed_at + make_interval(hours => $1)
         )
         SELECT state->'lines' AS lines FROM chain
         ORDER BY routed_at IS NULL, routed_at, depth DESC, closed_at DESC LIMIT 1
       ) later`,
      [HOURS, BATCH],
    );
    if (due.length > 0)
      await this.database.query(
        `UPDATE carts c SET lines_read = k.read, lines_kept = k.kept FROM unnest($1::text[], $2::int[], $3::int[]) k (id, read, kept)
         WHERE c.id = k.id AND c.lines_read IS NULL`,
        [
          due.map(({ id }) => id),
          due.map(({ read }) => (read ?? []).length),
          due.map(({ read, lines }) => keptOf(read ?? [], lines ?? [])),
        ],
      );
    const { n, value } = await this.shareOf(null);
    if (n > 0) this.metrics.of(wordsMetrics).kept.set(value);
    return due.length === BATCH;
  }

  /** Of a tenant's carts, or of all. */
  async shareOf(tenantId: string | null): Promise<WordsAccuracy['live']> {
    const [row] = await this.database.query<{ read: number; kept: number }>(
      `SELECT COALESCE(sum(lines_read), 0)::int AS read, COALESCE(sum(lines_kept), 0)::int AS kept FROM carts
       WHERE lines_read > 0 AND closed_at > clock_timestamp() - make_interval(days => $2) AND ($1::text IS NULL OR tenant_id = $1)`,
      [tenantId, DAYS],
    );
    return { measure: 'lines kept unchanged', hours: HOURS, days: DAYS, ...shareOf(row!.kept, row!.read) };
  }
}
