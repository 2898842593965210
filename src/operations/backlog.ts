import { Injectable } from '@nestjs/common';
import type { Load, Pace } from '../common/pacing/estimate.js';
import { idsSince } from '../common/ids.js';
import { Config } from '../config.js';
import { Database } from '../platform/database/database.js';
import { refusalOf, type Bounds } from './admission.js';
import type { Kind } from './catalogue.js';
import { parseWeights, priorityOf, weightOf, type Weights } from './fairness.js';
import { LoopLag } from './loop-lag.js';

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
  unstartedWork: number;
  oldestMs: number;
}

type Measured = Pace & { lately: number };

interface Book {
  counts: Map<string, Count>;
  pace: Pace | null;
  /** Work in a second while there was enough to do; null while there never was. */
  learned: number | null;
  /** Whether something waited at the last measuring. */
  wasBusy: boolean;
}

const NONE = { open: 0, work: 0, unstarted: 0, unstartedWork: 0, oldestMs: 0 };
/** What is done of late is told by so long. */
const LATELY_SECONDS = 4;
/** What is done is not believed to be less than this part of what is taken for granted: nothing may have been ripe, or a store was away. */
const LEAST_SHARE = 0.5;

/** Refuses before accepting, says where something stands and whose turn it is: for each kind, by what was last counted and came since. */
@Injectable()
export class Backlog {
  private readonly books = new Map<string, Book>();
  private readonly weights: Weights;
  private readonly lag = new LoopLag();
  private lagMs = 0;

  constructor(
    private readonly database: Database,
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

  /** Throws `overloaded` or `tenant_backlog_full`. */
  check(kind: Kind, limits: Limits, tenantId: string, asked: { work: number; deadlineMs: number }): void {
    const { counts, learned } = this.book(kind);
    const all = [...counts.values()];
    const own = counts.get(tenantId) ?? NONE;
    const weight = weightOf(this.weights, tenantId);
    const waitingOf = ({ work, unstartedWork }: Pick<Count, 'work' | 'unstartedWork'>) =>
      limits.waits === 'open' ? work : unstartedWork;
    const refusal = refusalOf(
      {
        open: sum(all.map(({ open }) => open)),
        waiting: sum(all.map(waitingOf)),
        ownOpen: own.open / weight,
        ownWaiting: waitingOf(own) / weight,
        oldestMs: limits.waits === 'open' ? 0 : Math.max(0, ...all.map(({ oldestMs }) => oldestMs)),
        pace: Math.max(1, learned ?? limits.pace),
        lagMs: this.lagMs,
      },
      limits,
      asked,
    );
    if (refusal) throw refusal;
  }

  /** Counted at once, for the next count is a moment away. */
  accepted(kind: Kind, tenantId: string, work: number): void {
    const { counts } = this.book(kind);
    const count = counts.get(tenantId) ?? { ...NONE, tenantId };
    counts.set(tenantId, {
      ...count,
      open: count.open + 1,
      work: count.work + work,
      unstarted: count.unstarted + 1,
      unstartedWork: count.unstartedWork + work,
    });
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

  /** Counts what is open; answers how many there are and the age of the oldest. */
  async count(kind: Kind): Promise<{ open: number; oldestSeconds: number }> {
    this.lagMs = this.lag.read();
    const rows = await this.database.query<Count & { ageMs: number }>(
      `SELECT tenant_id AS "tenantId", count(*)::int AS open, sum(work)::int AS work,
         (count(*) FILTER (WHERE started_at IS NULL))::int AS unstarted,
         COALESCE(sum(work) FILTER (WHERE started_at IS NULL), 0)::int AS "unstartedWork",
         COALESCE(extract(epoch FROM clock_timestamp() - min(created_at) FILTER (WHERE started_at IS NULL)) * 1000, 0)::float8 AS "oldestMs",
         (extract(epoch FROM clock_timestamp() - min(created_at)) * 1000)::float8 AS "ageMs"
       FROM ${kind.table} WHERE status = 'open' GROUP BY tenant_id`,
    );
    this.book(kind).counts = new Map(rows.map((row) => [row.tenantId, row]));
    return {
      open: sum(rows.map(({ open }) => open)),
      oldestSeconds: Math.max(0, ...rows.map(({ ageMs }) => ageMs)) / 1000,
    };
  }

  /** Measures how fast they are done, and learns from it while more waits than is done at once. */
  async measure(kind: Kind, { windowSeconds, pace }: Limits): Promise<void> {
    const book = this.book(kind);
    const since = idsSince(kind.prefix, Date.now() - 2 * windowSeconds * 1000);
    const [row] = await this.database.query<Measured>(
      `SELECT clock_timestamp() AS at, ${windowSeconds}::int AS "windowSeconds", count(*)::int AS done,
         COALESCE(sum(work) FILTER (WHERE closed_at > clock_timestamp() - interval '${LATELY_SECONDS} seconds'), 0)::float8
           / ${LATELY_SECONDS} AS lately,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM closed_at - created_at) * 1000)::float8 AS "medianMs"
       FROM ${kind.table}
       WHERE id >= $1 AND status NOT IN ('open', 'cancelled') AND closed_at > clock_timestamp() - make_interval(secs => ${windowSeconds})`,
      [since],
    );
    const { lately, ...measured } = row!;
    const isBusy = sum([...book.counts.values()].map(({ unstarted }) => unstarted)) > 0;
    book.pace = measured;
    if (book.wasBusy && isBusy) book.learned = Math.max(lately, pace * LEAST_SHARE);
    else book.learned = Math.max(book.learned ?? pace, lately);
    book.wasBusy = isBusy;
  }

  private book({ name }: Kind): Book {
    const book = this.books.get(name) ?? { counts: new Map(), pace: null, learned: null, wasBusy: false };
    this.books.set(name, book);
    return book;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
