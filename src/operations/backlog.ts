import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import type { Load, Pace } from '../common/pacing/estimate.js';
import { AppError } from '../common/errors.js';
import { idsSince } from '../common/ids.js';
import { Config } from '../config.js';
import { Cache } from '../platform/cache/cache.js';
import { Database } from '../platform/database/database.js';
import type { Kind, KindName } from './catalogue.js';
import { refusalOf, type Bounds } from './deciding/admission.js';
import { parseWeights, priorityOf, weightOf, type Weights } from './deciding/fairness.js';
import { learn, secondsOver } from './deciding/pace.js';

/** What a kind's work is bounded by. */
export interface Limits extends Bounds {
  /** Work that all workers take up at once. */
  atOnce: number;
  /** Work in a second that is taken for granted until it was measured. */
  pace: number;
  /** What waits: what no worker has begun, or, where that begins at once and waits within, all that is open. */
  waits: 'unstarted' | 'open';
  /** Over how long its pace is measured. */
  windowSeconds: number;
}

/** Open ones of a tenant. */
interface Count {
  tenantId: string;
  open: number;
  work: number;
  unstarted: number;
  /** Of which more than half of the time is over. */
  late: number;
  oldestMs: number;
}

type Measured = Pace & { lately: number };

interface Book {
  counts: Map<string, Count>;
  /** Accepted here, by when; the next count that was begun later has them. */
  fresh: { tenantId: string; work: number; at: number }[];
  pace: Pace | null;
  /** Null until it was asked for what was believed before this process began. */
  believed: number | null;
  /** Since when there was enough to do at every measuring, by `performance.now()`. */
  busySince: number | null;
}

/** Of the timer by which the event loop is measured. */
const RESOLUTION_MS = 50;
const NONE = { open: 0, work: 0, unstarted: 0, late: 0, oldestMs: 0 };
/** What was believed of a pace is kept so long for the processes to come. */
const KEEP_PACE_MS = 7 * 24 * 3600 * 1000;

/** Refuses before accepting, says where something stands and whose turn it is: for each kind, by what was last counted and came since. */
@Injectable()
export class Backlog {
  private readonly books = new Map<string, Book>();
  private readonly weights: Weights;
  private readonly lag = new LoopLag();
  private lagMs = 0;

  constructor(
    private readonly database: Database,
    private readonly cache: Cache,
    config: Config,
  ) {
    this.weights = parseWeights(config.values.LOOPGPT_TENANT_WEIGHTS);
  }

  start(): void {
    this.lag.start();
  }

  stop(): void {
    this.lag.stop();
  }

  /** To be called at an even rate. */
  readLag(): void {
    this.lagMs = this.lag.read();
  }

  /** Throws `overloaded` or `tenant_backlog_full`. */
  check(kind: Kind, limits: Limits, tenantId: string, asked: { work: number; deadlineMs: number }): void {
    const { counts, believed } = this.book(kind);
    const all = [...counts.values()];
    const own = counts.get(tenantId) ?? { ...NONE, tenantId };
    const weight = weightOf(this.weights, tenantId);
    const others = all.filter((one) => one.tenantId !== tenantId).map((one) => weightOf(this.weights, one.tenantId));
    const refusal = refusalOf(
      {
        open: sum(all.map(({ open }) => open)),
        ownOpen: own.open / weight,
        work: sum(all.map(({ work }) => work)),
        ownWork: own.work,
        share: weight / (weight + sum(others)),
        isWaiting: limits.waits === 'open' ? all.length > 0 : all.some(({ unstarted }) => unstarted > 0),
        oldestMs: limits.waits === 'open' ? 0 : Math.max(0, ...all.map(({ oldestMs }) => oldestMs)),
        pace: Math.max(1, believed ?? limits.pace),
        lagMs: this.lagMs,
      },
      limits,
      asked,
    );
    if (refusal) throw toldOf(refusal, kind, own.open);
  }

  /** Counted before it is written, for the next count is a moment away and many may ask in the same moment. */
  accepting(kind: Kind, tenantId: string, work: number): void {
    const book = this.book(kind);
    book.fresh.push({ tenantId, work, at: performance.now() });
    add(book.counts, tenantId, work);
  }

  /** Of the tenant's next job: see fairness.ts. */
  priority(kind: Kind, { atOnce }: Limits, tenantId: string): number | undefined {
    const { work } = this.book(kind).counts.get(tenantId) ?? NONE;
    return priorityOf(work, weightOf(this.weights, tenantId), atOnce);
  }

  /** What the place of an open one is told by. */
  load(kind: Kind, { atOnce }: Limits): Load {
    const { counts, pace } = this.book(kind);
    return { waiting: sum([...counts.values()].map(({ unstarted }) => unstarted)), atOnce, pace };
  }

  /** Counts what is open of all these kinds, in one statement; answers how many of each there are and the age of the oldest. */
  async count(kinds: readonly Kind[]): Promise<Map<KindName, { open: number; oldestSeconds: number }>> {
    const from = performance.now();
    const rows = await this.database.query<Count & { kind: KindName; ageMs: number }>(
      kinds.map(countOf).join(' UNION ALL '),
    );
    return new Map(
      kinds.map((kind) => {
        const own = rows.filter((row) => row.kind === kind.name);
        const book = this.book(kind);
        book.counts = new Map(own.map((row) => [row.tenantId, row]));
        book.fresh = book.fresh.filter(({ at }) => at >= from);
        for (const { tenantId, work } of book.fresh) add(book.counts, tenantId, work);
        const oldestMs = Math.max(0, ...own.map(({ ageMs }) => ageMs));
        return [kind.name, { open: sum(own.map(({ open }) => open)), oldestSeconds: oldestMs / 1000 }];
      }),
    );
  }

  /** Measures how fast they are done, all kinds in one statement, and learns from it. What was not done by its deadline was not done. */
  async measure(kinds: readonly (readonly [Kind, Limits])[]): Promise<void> {
    const begun = await Promise.all(kinds.map(([kind, limits]) => this.beginMeasuring(kind, limits)));
    const measured = await this.database.query<Measured & { kind: KindName }>(
      kinds.map(([kind, limits], index) => doneOf(kind, limits, 2 * index + 1)).join(' UNION ALL '),
      begun.flatMap(({ since, seconds }) => [since, seconds]),
    );
    for (const [index, [kind, { pace, waits }]] of kinds.entries()) {
      const { before, busySeconds, seconds } = begun[index]!;
      const { kind: _, lately, ...done } = measured.find((row) => row.kind === kind.name)!;
      const book = this.book(kind);
      book.pace = done;
      const isBusyNow = [...book.counts.values()].some((one) => (waits === 'open' ? one.late : one.unstarted) > 0);
      book.busySince = isBusyNow ? (book.busySince ?? performance.now()) : null;
      const isBusy = isBusyNow && busySeconds >= seconds;
      book.believed = learn(before, pace, lately, isBusy);
      if (isBusy) await this.cache.set(paceKey(kind), book.believed, KEEP_PACE_MS);
    }
  }

  private async beginMeasuring(kind: Kind, { windowSeconds, pace }: Limits) {
    const book = this.book(kind);
    const before = (book.believed ??= (await this.cache.get<number>(paceKey(kind))) ?? pace);
    const busySeconds = book.busySince === null ? 0 : (performance.now() - book.busySince) / 1000;
    const since = idsSince(kind.prefix, Date.now() - 2 * windowSeconds * 1000);
    return { before, busySeconds, since, seconds: secondsOver(busySeconds) };
  }

  private book({ name }: Kind): Book {
    const known = this.books.get(name);
    if (known) return known;
    const book: Book = { counts: new Map(), fresh: [], pace: null, believed: null, busySince: null };
    this.books.set(name, book);
    return book;
  }
}

const countOf = ({ name, table }: Kind): string =>
  `SELECT '${name}' AS kind, tenant_id AS "tenantId", count(*)::int AS open, sum(work)::int AS work,
     (count(*) FILTER (WHERE started_at IS NULL))::int AS unstarted,
     (count(*) FILTER (WHERE clock_timestamp() - created_at > (deadline_at - created_at) / 2))::int AS late,
     COALESCE(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE started_at IS NULL)) * 1000, 0)::float8 AS "oldestMs",
     (extract(epoch FROM clock_timestamp() - min(created_at)) * 1000)::float8 AS "ageMs"
   FROM ${table} WHERE status = 'open' GROUP BY tenant_id`;

/** `parameter`: the place of the first id that counts; over how many seconds its pace is taken lately is the next. */
const doneOf = ({ name, table }: Kind, { windowSeconds }: Limits, parameter: number): string =>
  `SELECT '${name}' AS kind, clock_timestamp() AS at, ${windowSeconds}::int AS "windowSeconds", count(*)::int AS done,
     COALESCE(sum(work) FILTER (WHERE closed_at < deadline_at
       AND closed_at > clock_timestamp() - make_interval(secs => $${parameter + 1})), 0)::float8 / $${parameter + 1}::float8 AS lately,
     percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - created_at) * 1000)::float8 AS "medianMs"
   FROM ${table}
   WHERE id >= $${parameter} AND status NOT IN ('open', 'cancelled')
     AND closed_at > clock_timestamp() - make_interval(secs => ${windowSeconds})`;

function add(counts: Map<string, Count>, tenantId: string, work: number): void {
  const count = counts.get(tenantId) ?? { ...NONE, tenantId };
  counts.set(tenantId, {
    ...count,
    open: count.open + 1,
    work: count.work + work,
    unstarted: count.unstarted + 1,
  });
}

/** A tenant that has too much open is told of what kind. */
function toldOf(refusal: AppError, { path }: Kind, open: number): AppError {
  const { code, message, extra } = refusal;
  if (code !== 'tenant_backlog_full') return refusal;
  return new AppError(code, message, {
    ...extra,
    errors: [{ pointer: '', detail: `${open} of your ${path} are open` }],
  });
}

const paceKey = ({ name }: Kind): string => `pace:${name}`;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** How long the event loop of this process keeps everybody waiting: the mean beyond the timer's own, as long as it lasts over two readings. */
class LoopLag {
  private before = 0;
  private readonly delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  start(): void {
    this.delay.enable();
  }

  stop(): void {
    this.delay.disable();
  }

  read(): number {
    const { mean, count } = this.delay;
    this.delay.reset();
    const now = count === 0 ? 0 : Math.max(0, mean / 1e6 - RESOLUTION_MS);
    const lasting = Math.min(now, this.before);
    this.before = now;
    return lasting;
  }
}
