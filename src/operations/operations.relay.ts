import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LOOPS } from '../clock/catalogue.js';
import { Clock } from '../clock/clock.js';
import type { Repeating } from '../common/pacing/repeating.js';
import { Config } from '../config.js';
import { Database } from '../platform/database/database.js';
import { Metrics } from '../platform/telemetry/metrics.js';
import { Backlog } from './backlog.js';
import type { Kind, KindName } from './catalogue.js';
import { Operations, type Doing, type Why } from './operations.js';
import { operationsMetrics } from './operations.metrics.js';

const BATCH = 200;
const UNBEGUN_SECONDS = 1.5;
const AHEAD_MS = LOOPS['operations.sweep'].everyMs;

/**
 * Doorway for time, one for all kinds and in any instance: ends what is overdue or whose caller's time is up, has lost jobs run again,
 * and counts what is open. A killed consumer is replaced only after 11 s to 57 s, and deadlines cannot wait for that.
 */
@Injectable()
export class OperationsRelay implements OnApplicationShutdown {
  private readonly loops: Repeating[] = [];

  constructor(
    private readonly operations: Operations,
    private readonly backlog: Backlog,
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Where a kind's work is done, or decided, its loops run; where it is accepted, it is counted. */
  start(): void {
    const { roles } = this.config;
    const mine = this.operations.doings().filter(([{ relay }]) => roles.has(relay));
    if (mine.length > 0) {
      this.loops.push(this.clock.loop('operations.sweep', () => this.sweep(mine)));
      this.loops.push(this.clock.loop('operations.relay', () => this.relay(mine)));
    }
    const all = this.operations.doings();
    if (all.length > 0 && (roles.has('api') || mine.length > 0)) {
      this.backlog.start();
      this.loops.push(this.clock.loop('operations.count', () => this.count(all)));
      if (roles.has('api')) this.loops.push(this.clock.loop('operations.measure', () => this.measure(all)));
    }
    for (const loop of this.loops) loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.backlog.stop();
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  /** Ends what is due, and says when to come back: only a deadline shorter than the time looked ahead may be met that much late. */
  private async sweep(mine: readonly [Kind, Doing][]): Promise<boolean | number> {
    const soon = await this.database.query<{ kind: KindName; id: string; why: Why; inMs: number }>(
      mine.map(([kind]) => dueOf(kind)).join(' UNION ALL '),
      [BATCH, AHEAD_MS],
    );
    const due = soon.filter(({ inMs }) => inMs <= 0);
    let isFull = false;
    for (const [kind, doing] of mine) {
      for (const why of ['deadline', 'cancelled'] as const) {
        const ids = due.filter((row) => row.kind === kind.name && row.why === why).map(({ id }) => id);
        if (ids.length > 0) isFull = (await doing.end(ids, why)) === BATCH || isFull;
      }
    }
    return isFull || Math.ceil(Math.min(AHEAD_MS, ...soon.map(({ inMs }) => inMs).filter((inMs) => inMs > 0)));
  }

  private async relay(mine: readonly [Kind, Doing][]): Promise<void> {
    const lost = await this.database.query<{ kind: KindName; id: string; tenantId: string }>(
      mine.map(([kind], index) => lostOf(kind, index + 2)).join(' UNION ALL '),
      [BATCH, ...mine.map(([, doing]) => doing.lostAfterSeconds)],
    );
    for (const [kind] of mine) {
      const own = lost.filter((row) => row.kind === kind.name);
      if (own.length === 0) continue;
      this.metrics.of(operationsMetrics).redispatched.inc(await this.operations.restart(kind, own));
    }
  }

  private async count(all: readonly [Kind, Doing][]): Promise<void> {
    this.backlog.readLag();
    const counted = await this.backlog.count(all.map(([kind]) => kind));
    for (const [{ name }, doing] of all) doing.counted?.(counted.get(name)!);
  }

  private measure(all: readonly [Kind, Doing][]): Promise<void> {
    return this.backlog.measure(all.map(([kind, doing]) => [kind, doing.limits()]));
  }
}

const dueOf = ({ name, table }: Kind): string =>
  (
    [
      ['deadline', 'deadline_at'],
      ['cancelled', 'cancel_at'],
    ] as const
  )
    .map(
      ([
        why,
        at,
      ]) => `(SELECT '${name}' AS kind, id, '${why}' AS why, extract(epoch FROM ${at} - clock_timestamp())::float8 * 1000 AS "inMs"
        FROM ${table} WHERE status = 'open' AND ${at} <= clock_timestamp() + make_interval(secs => $2 / 1000.0) ORDER BY ${at} LIMIT $1)`,
    )
    .join(' UNION ALL ');

/** `parameter`: the place of how many seconds the kind's work may take before it counts as lost. */
const lostOf = ({ name, table }: Kind, parameter: number): string =>
  `(SELECT '${name}' AS kind, id, tenant_id AS "tenantId" FROM ${table}
    WHERE status = 'open' AND deadline_at > clock_timestamp()
      AND (started_at IS NULL AND created_at < clock_timestamp() - make_interval(secs => ${UNBEGUN_SECONDS})
        OR started_at < clock_timestamp() - make_interval(secs => $${parameter}))
    ORDER BY deadline_at LIMIT $1)`;
