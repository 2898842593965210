import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Repeating } from '../../common/pacing/repeating.js';
import { EventWaiter } from '../../events/event-waiter.js';
import type { EventEnvelope } from '../../events/event.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { EVENTS_A_READING, EventLog, type Wanted } from '../../events/event-log.js';
import type { Follower } from './deciding/follower.js';
import { liveMetrics } from './live.metrics.js';

/** How often everything that is followed is read again: as long as a lost wake-up can last. */
const REREAD_MS = 750;
const SUBJECTS_A_READING = 500;

interface Followed {
  followers: Set<Follower>;
  unwatch: () => void;
}

/**
 * Gives the event rows to all who follow them in this process. The rows are the truth and wake-ups only hints: a wake-up reads the
 * subjects it names, and all that are followed are read again together, in one statement however many streams are open.
 */
@Injectable()
export class LiveHub {
  private readonly followed = new Map<string, Followed>();
  private readonly woken = new Set<string>();
  private readonly loop: Repeating;
  private rereadAt = 0;
  private stopped = false;

  constructor(
    private readonly events: EventLog,
    private readonly waiter: EventWaiter,
    private readonly metrics: Metrics,
    clock: Clock,
  ) {
    this.loop = clock.loop('live.reading', () => this.round());
  }

  start(): void {
    this.loop.start();
  }

  /** Ends every stream, so that their clients go on elsewhere, and stops reading. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const { followers } of this.followed.values()) for (const follower of followers) follower.end('stopping');
    await this.loop.stop();
  }

  /** Registered with the waiter before its first reading, so that an event between the two is not missed. */
  add(follower: Follower): void {
    if (this.stopped) return follower.end('stopping');
    const { subject } = follower;
    const followed = this.followed.get(subject) ?? {
      followers: new Set(),
      unwatch: this.waiter.watch(subject, () => this.wake(subject)),
    };
    followed.followers.add(follower);
    this.followed.set(subject, followed);
    follower.whenRoom(() => this.wake(subject));
    this.wake(subject);
  }

  remove(follower: Follower): void {
    const followed = this.followed.get(follower.subject);
    if (!followed?.followers.delete(follower)) return;
    this.metrics.of(liveMetrics).ended.inc({ why: follower.why ?? 'left' });
    if (followed.followers.size > 0) return;
    followed.unwatch();
    this.followed.delete(follower.subject);
  }

  /** Tells those who follow its subject now of an event that is no row. */
  pass(event: EventEnvelope): void {
    for (const follower of this.followed.get(event.subject)?.followers ?? []) {
      if (follower.tenantId === event.tenantId) follower.pass(event);
    }
  }

  private wake(subject: string): void {
    this.woken.add(subject);
    this.loop.wake();
  }

  private async round(): Promise<boolean> {
    const now = performance.now();
    const all = now >= this.rereadAt;
    const subjects = all ? [...this.followed.keys()] : [...this.woken];
    this.woken.clear();
    if (all) {
      this.rereadAt = now + REREAD_MS;
      for (const { followers } of this.followed.values()) for (const follower of followers) follower.visit(now);
    }
    for (let from = 0; from < subjects.length; from += SUBJECTS_A_READING) {
      await this.read(subjects.slice(from, from + SUBJECTS_A_READING));
    }
    return this.woken.size > 0;
  }

  private async read(subjects: readonly string[]): Promise<void> {
    const wanted = subjects.flatMap((subject) => this.wantedOf(subject));
    if (wanted.length === 0) return;
    this.metrics.of(liveMetrics).readings.inc();
    const found = new Map<string, EventEnvelope[]>(wanted.map(({ subject }) => [subject, []]));
    for (const event of await this.events.eventsAfter(wanted)) found.get(event.subject)!.push(event);
    for (const { subject, after } of wanted) this.give(subject, after, found.get(subject)!);
  }

  private wantedOf(subject: string): Wanted[] {
    const ready = [...(this.followed.get(subject)?.followers ?? [])].filter((follower) => follower.ready);
    if (ready.length === 0) return [];
    return [{ subject, tenantId: ready[0]!.tenantId, after: Math.min(...ready.map(({ after }) => after)) }];
  }

  private give(subject: string, after: number, events: readonly EventEnvelope[]): void {
    const complete = events.length < EVENTS_A_READING;
    for (const follower of this.followed.get(subject)?.followers ?? []) {
      // One that came, or had no room, during the reading may stand before what was read; it is read for by its own wake-up.
      if (follower.after < after) continue;
      if (follower.take(events, complete) && follower.ready) this.woken.add(subject);
    }
  }
}
