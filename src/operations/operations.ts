import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors.js';
import type { Load } from '../common/pacing/estimate.js';
import { EventWaiter } from '../events/event-waiter.js';
import type { EventEnvelope } from '../events/event.js';
import { Outbox } from '../events/outbox.js';
import { Accepting, type Accepted, type Asking, type NewOperation, type OwnColumns, type Put } from './accepting.js';
import { Backlog, type Limits } from './backlog.js';
import { kindNamed, kindOf, type Kind, type KindName } from './catalogue.js';
import { Dispatch, type Job } from './dispatch.js';

/** What a caller sees of it; `status` is `open` until it has its outcome. */
export interface Submitted {
  id: string;
  status: string;
}

export type Why = 'deadline' | 'cancelled';

/** What a module does for its kind; the rest is the same for all. */
export interface Doing {
  /** Types of the columns that are its own, as rows are accepted with. */
  columns: OwnColumns;
  limits: () => Limits;
  /** How long after it was begun its job seems lost with its worker. */
  lostAfterSeconds: number;
  /** As its caller sees it; null when the tenant has none. */
  read: (tenantId: string, id: string) => Promise<Submitted | null>;
  /** Its jobs; of one that is queued again its own columns are not at hand. */
  jobs: (row: { id: string; tenantId: string; own?: NewOperation['own'] }) => Job[];
  /** Ends those of `ids` that are open, by the way they came to their end. Answers how many. */
  end: (ids: readonly string[], why: Why) => Promise<number>;
  /** Hears how many are open, and how long the oldest. */
  counted?: (standing: { open: number; oldestSeconds: number }) => void;
}

/** Beyond this many, the oldest that was accepted here is read like any other. */
const REMEMBERED = 20_000;

/**
 * What is accepted now and done later, of whatever kind: accepted once, waited for, read, cancelled. What a kind does is said by its
 * module, once, with `serve`; what happens by itself is the relay's.
 */
@Injectable()
export class Operations {
  private readonly served = new Map<KindName, Doing>();
  /** Accepted by this process, and nothing was heard of them yet: who waits need not read them first. */
  private readonly fresh = new Map<string, string>();

  constructor(
    private readonly accepting: Accepting,
    private readonly backlog: Backlog,
    private readonly dispatch: Dispatch,
    private readonly waiter: EventWaiter,
    private readonly outbox: Outbox,
  ) {}

  serve(name: KindName, doing: Doing): void {
    this.served.set(name, doing);
  }

  doings(): [Kind, Doing][] {
    return [...this.served].map(([name, doing]) => [kindNamed(name), doing]);
  }

  /** Throws `overloaded` or `tenant_backlog_full`: for `make` of `accept`, and for who only asks whether it would be accepted. */
  refuse(name: KindName, tenantId: string, asked: { work: number; deadlineMs: number }): void {
    this.backlog.check(kindNamed(name), this.of(name).limits(), tenantId, asked);
  }

  /** See Accepting: what `make` puts, or what the same request made before. */
  async accept(
    name: KindName,
    asking: Asking,
    make: (put: Put, traceparent: string) => Promise<Accepted>,
  ): Promise<Accepted> {
    const kind = kindNamed(name);
    const { columns } = this.of(name);
    let row: NewOperation | null = null;
    const accepted = await this.accepting.accept(kind, columns, asking, (put, traceparent) =>
      make((own, tx) => {
        this.backlog.accepting(kind, own.tenantId, own.work);
        return put((row = own), tx);
      }, traceparent),
    );
    if (row && accepted.written) this.begin(kind, row);
    return accepted;
  }

  /** What was just committed: remembered and queued. */
  private begin(kind: Kind, { id, tenantId, own }: NewOperation): void {
    this.remember(id, tenantId);
    this.dispatch.soon(kind, this.of(kind.name).jobs({ id, tenantId, own }), this.priority(kind.name, tenantId));
  }

  /** Has the jobs of these run again unless they are done. Answers how many were lost. */
  restart(kind: Kind, rows: readonly { id: string; tenantId: string }[]): Promise<number> {
    const { jobs } = this.of(kind.name);
    const owed = rows.flatMap((row) =>
      jobs(row).map((job) => ({ ...job, priority: this.priority(kind.name, row.tenantId) })),
    );
    return this.dispatch.ensure(kind, owed);
  }

  /** As it stands, or its kind's not-found, for ids of other tenants too. */
  async get<R extends Submitted>(name: KindName, tenantId: string, id: string): Promise<R> {
    const { missing } = kindNamed(name);
    if (kindOf(id)?.name !== name) throw new AppError(missing, `malformed id ${id.slice(0, 40)}`);
    const found = await this.of(name).read(tenantId, id);
    if (!found) throw new AppError(missing, `${name} ${id}, tenant ${tenantId}`);
    return found as R;
  }

  /** Once it is closed, or as it stands after `seconds`; a lost wake-up only costs a second. */
  wait<R extends Submitted>(
    name: KindName,
    tenantId: string,
    id: string,
    seconds: number,
    signal?: AbortSignal,
  ): Promise<R> {
    const read = () => this.get<R>(name, tenantId, id);
    const isFresh = () => this.fresh.get(id) === tenantId;
    return this.waiter.until(id, seconds, { read, done: ({ status }) => status !== 'open', isFresh }, signal);
  }

  /** Closes an open one as cancelled; a second call answers the same. Throws the kind's already-closed when it was done first. */
  async cancel<R extends Submitted>(name: KindName, tenantId: string, id: string): Promise<R> {
    const before = await this.get<R>(name, tenantId, id);
    if (before.status === 'open' && (await this.of(name).end([id], 'cancelled')) > 0) this.outbox.wake();
    const after = before.status === 'open' ? await this.get<R>(name, tenantId, id) : before;
    if (after.status !== 'cancelled') throw new AppError(kindNamed(name).closed, `${name} ${id} is ${after.status}`);
    return after;
  }

  private priority(name: KindName, tenantId: string): number | undefined {
    return this.backlog.priority(kindNamed(name), this.of(name).limits(), tenantId);
  }

  load(name: KindName): Load {
    return this.backlog.load(kindNamed(name), this.of(name).limits());
  }

  /** Something was heard of these: who waits for them reads. */
  heard(events: readonly EventEnvelope[]): void {
    // What is no row changes nothing that can be read.
    const stored = events.filter(({ sequence }) => sequence > 0);
    for (const { subject } of stored) this.fresh.delete(subject);
    this.waiter.wake(stored);
  }

  private remember(id: string, tenantId: string): void {
    this.fresh.set(id, tenantId);
    if (this.fresh.size > REMEMBERED) this.fresh.delete(this.fresh.keys().next().value!);
  }

  private of(name: KindName): Doing {
    const doing = this.served.get(name);
    if (!doing) throw new Error(`nobody serves the kind ${name} in this process`);
    return doing;
  }
}
