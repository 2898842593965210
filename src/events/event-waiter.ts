import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from './event.js';

/** How often a waiting caller's row is read again when no wake-up comes. */
const REREAD_MS = 1000;

/**
 * Wakes those in this process who wait for a subject's event. Only a hint: whoever is woken (or not, when the hint got lost) reads
 * the row, which is the truth.
 */
@Injectable()
export class EventWaiter {
  private readonly waiting = new Map<string, Set<() => void>>();

  wake(batch: readonly EventEnvelope[]): void {
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

  /**
   * What `read` answers once it is `done`, or as it stands after `seconds`; a lost wake-up only costs a second. What `isFresh`, for
   * nothing has happened to it yet, is not read before something does.
   */
  async until<T>(
    subject: string,
    seconds: number,
    { read, done, isFresh }: { read: () => Promise<T>; done: (value: T) => boolean; isFresh?: () => boolean },
    signal?: AbortSignal,
  ): Promise<T> {
    const until = performance.now() + seconds * 1000;
    let isFirst = true;
    for (;;) {
      const woken = new AbortController();
      // Registered before reading, so that an outcome between the two wakes us.
      const next = this.next(subject, REREAD_MS, signal ? AbortSignal.any([signal, woken.signal]) : woken.signal);
      const left = () => until - performance.now();
      const isKnown = isFirst && isFresh?.() === true && left() > 0;
      isFirst = false;
      const value = isKnown ? null : { read: await read() };
      if (value && (done(value.read) || left() <= 0 || signal?.aborted)) {
        woken.abort();
        return value.read;
      }
      await Promise.race([next, new Promise((resolve) => setTimeout(resolve, left()).unref())]);
      woken.abort();
    }
  }
}
