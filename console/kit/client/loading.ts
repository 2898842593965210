import { useSignal, type ReadonlySignal, type Signal } from '@preact/signals';
import { useCallback, useEffect, useRef } from 'preact/hooks';
import type { Event, Gap } from '../../../sdk/client.js';
import { client, revivals } from './api.js';
import { presence } from './session.js';

/** What is being read: what came last stays while it is read again. */
export interface Loaded<T> {
  value: T | null;
  error: Error | null;
  loading: boolean;
}

export interface Loading<T> {
  now: ReadonlySignal<Loaded<T>>;
  /** Reads again; what is there stays until it has come. */
  again: () => void;
  /** Takes what is known from elsewhere, such as the answer to a change. */
  put: (value: T) => void;
}

/**
 * Reads what `key` names, and again when the key changes and when the API was away. A null key reads nothing. What comes after the key has
 * changed is dropped.
 */
export function useLoad<T>(key: string | null, read: (signal: AbortSignal) => Promise<T>): Loading<T> {
  const now: Signal<Loaded<T>> = useSignal<Loaded<T>>({ value: null, error: null, loading: key !== null });
  const turn = useSignal(0);
  const latest = useRef(read);
  latest.current = read;
  const of = useRef(key);
  const revival = revivals.value;
  const turns = turn.value;
  useEffect(() => {
    const isSame = of.current === key;
    of.current = key;
    if (key === null) {
      now.value = { value: null, error: null, loading: false };
      return;
    }
    const left = new AbortController();
    now.value = { value: isSame ? now.peek().value : null, error: null, loading: true };
    latest.current(left.signal).then(
      (value) => {
        if (!left.signal.aborted) now.value = { value, error: null, loading: false };
      },
      (error: Error) => {
        if (!left.signal.aborted) now.value = { value: now.peek().value, error, loading: false };
      },
    );
    return () => left.abort();
  }, [key, revival, turns]);
  const again = useCallback(() => void turn.value++, []);
  const put = useCallback((value: T) => void (now.value = { value, error: null, loading: false }), []);
  return { now, again, put };
}

const AGAIN_MS = 2000;

/**
 * Tells what happens to subjects (routes, plans, carts, imports, watches) until the page is left or they have their outcome; with `stay` after it, too.
 * By WebSocket where there is a session, else by server-sent events, where neither gets through by polling. `onEvent` may be another each time.
 */
export function useFollow(
  subjects: readonly string[],
  onEvent: (event: Event | Gap) => void,
  { stay = false, onEnd }: { stay?: boolean; onEnd?: () => void } = {},
): void {
  const latest = useRef(onEvent);
  latest.current = onEvent;
  const ended = useRef(onEnd);
  ended.current = onEnd;
  const key = subjects.join(' ');
  useEffect(() => {
    if (key === '') return;
    const left = new AbortController();
    void follow(key.split(' '), stay, left.signal, (event) => latest.current(event)).then(() => {
      if (!left.signal.aborted) ended.current?.();
    });
    return () => left.abort();
  }, [key, stay]);
}

async function follow(
  subjects: readonly string[],
  stay: boolean,
  signal: AbortSignal,
  tell: (event: Event | Gap) => void,
): Promise<void> {
  const after = new Map<string, number>();
  while (!signal.aborted) {
    // A WebSocket without a session is refused to a page.
    const ways = presence.peek().state === 'in' ? undefined : (['sse', 'polling'] as const);
    const following = client.follow([], { signal, stay, ways });
    for (const subject of subjects) following.add(subject, { after: after.get(subject) ?? 0 });
    try {
      for await (const event of following) {
        if ('sequence' in event && event.sequence > 0) after.set(event.subject, event.sequence);
        tell(event);
      }
      return;
    } catch (error) {
      if (signal.aborted || (error as { retryable?: boolean }).retryable === false) return;
      // Away for longer than the client waits: begun again where it was.
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** Calls `work` every `ms` while the page is seen; null stops it. */
export function useEvery(ms: number | null, work: () => void): void {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    if (ms === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') latest.current();
    }, ms);
    return () => clearInterval(timer);
  }, [ms]);
}
