import { Injectable } from '@nestjs/common';
import { Listens, type EventListener } from './on-events.js';
import type { EventEnvelope } from './event.js';

/**
 * Wakes those in this process who wait for a subject's event. Only a hint: whoever is woken (or not, when the hint got lost) reads
 * the row, which is the truth.
 */
@Injectable()
@Listens({ group: 'waiter', topic: 'routes.v1', role: 'api', everyInstance: true })
export class EventWaiter implements EventListener {
  private readonly waiting = new Map<string, Set<() => void>>();

  async handle(batch: readonly EventEnvelope[]): Promise<void> {
    for (const event of batch) for (const wake of this.waiting.get(event.subject) ?? []) wake();
  }

  /** Calls `wake` at each of the subject's events until the returned function is called. */
  watch(subject: string, wake: () => void): () => void {
    const wakers = this.waiting.get(subject) ?? new Set();
    this.waiting.set(subject, wakers);
    wakers.add(wake);
    return () => {
      wakers.delete(wake);
      // Only if it is still the one in use: another may have taken its place meanwhile.
      if (wakers.size === 0 && this.waiting.get(subject) === wakers) this.waiting.delete(subject);
    };
  }

  /** Resolves at the subject's next event, after `ms`, or when `signal` aborts, whichever is first. */
  next(subject: string, ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        unwatch();
        resolve();
      };
      const unwatch = this.watch(subject, done);
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done);
    });
  }
}
