import { isTerminal, type EventEnvelope } from '../../../events/event.js';

export const ENDS = ['done', 'slow', 'expired', 'stopping'] as const;
export type End = (typeof ENDS)[number];

/** What ends following by itself: the event that closes the subject, the last one stored of a subject that was closed before, or none. */
export type Until = 'outcome' | 'stored' | 'never';

/** How a subject stands. */
export interface Standing {
  closed: boolean;
  /** Sequence of its newest event; null while there is none, or when none is kept any more. */
  last: number | null;
}

/** Until when one follows who has `after` of a subject that stands so; null when nothing is to come. */
export function untilOf({ closed, last }: Standing, after: number, stay: boolean): Until | null {
  if (closed && !stay && last !== null && after >= last) return null;
  return stay ? 'never' : closed ? 'stored' : 'outcome';
}

export interface Following {
  subject: string;
  tenantId: string;
  /** Sequence of the last event it has. */
  after: number;
  until: Until;
  /** How long the reader may go on; no longer than any. */
  lifeMs?: number;
}

/** Where a follower's events go: an SSE response, or one subject of a WebSocket. */
export interface Reader {
  /** Bytes it was given that the network has not taken yet. */
  readonly backlogBytes: number;
  /** To be called when the backlog has been taken: there is room for more. */
  onRoom: () => void;
  send(event: EventEnvelope): void;
  /** Events between `after` and `next` are not kept any more; `next` null when none is. */
  gap(after: number, next: number | null): void;
  beat(): void;
  end(why: End): void;
}

/** Above this nothing more is read for a reader, so that what it does not take stays in the database and not in memory. */
const BACKLOG_BYTES = 256 * 1024;
/** A reader above it for this long is dropped: it can poll. */
const DROP_AFTER_MS = 5000;
const BEAT_MS = 15_000;
/** Streams and sockets end after this and are resumed by their clients, so that a revoked key or a moved instance is noticed. */
export const LIFE_MS = 15 * 60_000;

/**
 * One reader's place in one subject's sequence. It only moves forward: every event at most once and in order, a notice where some
 * are missing, and an end after the last. Times are this process's monotonic clock.
 */
export class Follower {
  /** Why it ended; null while it goes on. */
  why: End | null = null;
  private told = false;
  private behind = false;
  private slowSince: number | null = null;
  private nextBeat: number;
  private readonly endsAt: number;

  readonly subject: string;
  readonly tenantId: string;
  private readonly until: Until;
  private place: number;

  constructor(
    { subject, tenantId, after, until, lifeMs = LIFE_MS }: Following,
    private readonly reader: Reader,
    now: number,
  ) {
    [this.subject, this.tenantId, this.until, this.place] = [subject, tenantId, until, after];
    this.nextBeat = now + BEAT_MS;
    this.endsAt = now + Math.min(LIFE_MS, lifeMs);
  }

  /** Sequence of the last event it has. */
  get after(): number {
    return this.place;
  }

  /** Whether reading more for it makes sense. */
  get ready(): boolean {
    return this.why === null && this.reader.backlogBytes <= BACKLOG_BYTES;
  }

  /** Takes what a reading found after its place. `complete`: the reading left none out. Answers whether some are still to be given. */
  take(events: readonly EventEnvelope[], complete: boolean): boolean {
    this.behind = this.give(events, complete);
    return this.behind;
  }

  /** Hands on what has no place in the order, to a reader that keeps up; another sees it in the present state. */
  pass(event: EventEnvelope): void {
    if (this.ready && this.until !== 'stored') this.reader.send(event);
  }

  /** Calls `wake` whenever there is room again for what was left over. */
  whenRoom(wake: () => void): void {
    this.reader.onRoom = () => {
      if (this.behind && this.ready) wake();
    };
  }

  private give(events: readonly EventEnvelope[], complete: boolean): boolean {
    for (const event of events) {
      if (this.why !== null || event.sequence <= this.after) continue;
      if (!this.ready) return true;
      if (event.sequence > this.after + 1) this.reader.gap(this.after, event.sequence);
      this.reader.send(event);
      this.told = true;
      this.place = event.sequence;
      if (isTerminal(event.name) && this.until === 'outcome') this.end('done');
    }
    if (!complete) return this.why === null;
    if (this.until === 'stored' && this.why === null) {
      if (!this.told) this.reader.gap(this.after, null);
      this.end('done');
    }
    return false;
  }

  /** What time brings: a heartbeat, or the end for a reader that has had its time or does not read. */
  visit(now: number): void {
    if (this.why !== null) return;
    this.slowSince = this.ready ? null : (this.slowSince ?? now);
    if (this.slowSince !== null && now - this.slowSince >= DROP_AFTER_MS) return this.end('slow');
    if (now >= this.endsAt) return this.end('expired');
    if (now < this.nextBeat) return;
    this.nextBeat = now + BEAT_MS;
    if (this.ready) this.reader.beat();
  }

  end(why: End): void {
    if (this.why !== null) return;
    this.why = why;
    this.reader.end(why);
  }
}
