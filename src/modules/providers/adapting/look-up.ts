import type { Cache } from '../../../platform/cache/cache.js';
import type { QuoteFailure } from '../provider.js';
import { fail } from './answers.js';

export type Looked<T> = { ok: true; value: T } | { ok: false; failure: QuoteFailure };
export type Loaded<T> = { ok: true; value: T; ttlMs: number } | { ok: false; failure: QuoteFailure };

/** Failures that may be those of the caller who made the flight, and not of this one. */
const LEFT: ReadonlySet<string> = new Set(['timeout', 'cancelled', 'overloaded']);

/** Carries a failure through the cache, which keeps only what resolves. */
class NotLoaded extends Error {
  constructor(readonly failure: QuoteFailure) {
    super('not loaded');
  }
}

/**
 * A value that many callers need and one fetches: a token, the store near a postal code. Callers at once share one flight, failures are
 * kept for nobody, and each caller waits no longer than its own signal. When a flight ended only because its caller left, another
 * caller makes its own.
 */
export async function lookUp<T>(
  cache: Cache,
  key: string,
  signal: AbortSignal,
  load: () => Promise<Loaded<T>>,
): Promise<Looked<T>> {
  for (let attempt = 1; ; attempt++) {
    const looked = await orAborted(flight(cache, key, load), signal);
    if (looked.ok || !LEFT.has(looked.failure.reason) || signal.aborted || attempt === 2) return looked;
  }
}

async function flight<T>(cache: Cache, key: string, load: () => Promise<Loaded<T>>): Promise<Looked<T>> {
  try {
    const value = await cache.once(key, async () => {
      const loaded = await load();
      if (!loaded.ok) throw new NotLoaded(loaded.failure);
      return loaded;
    });
    return { ok: true, value };
  } catch (error) {
    if (error instanceof NotLoaded) return { ok: false, failure: error.failure };
    throw error;
  }
}

function orAborted<T>(looked: Promise<Looked<T>>, signal: AbortSignal): Promise<Looked<T>> {
  const late = fail('timeout', 'a shared look-up was not complete in time');
  if (signal.aborted) return Promise.resolve(late);
  return new Promise((resolve, reject) => {
    const abort = () => resolve(late);
    signal.addEventListener('abort', abort, { once: true });
    looked.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
