/** A cache that answers later than this has nothing: what it would have saved is cheaper than the waiting. */
export const CACHE_TIMEOUT_MS = 1000;

/**
 * Port: values that may be forgotten at any time, shared by all processes through Redis, or PostgreSQL where there is none. Plain JSON only.
 */
export abstract class Cache {
  private readonly flights = new Map<string, Promise<unknown>>();

  abstract get<T>(key: string): Promise<T | undefined>;
  abstract set(key: string, value: unknown, ttlMs: number): Promise<void>;
  abstract delete(key: string): Promise<void>;
  /** Adds to counters that all processes share, in one round trip; answers their new values in order, or null when the store is away. */
  abstract add(counts: ReadonlyMap<string, number>, ttlMs: number): Promise<number[] | null>;

  async close(): Promise<void> {}

  /** The cached value, or what `load` answers; one flight per key in this process. A rejection is not kept. */
  async once<T>(key: string, load: () => Promise<{ value: T; ttlMs: number }>): Promise<T> {
    const cached = await this.get<T>(key);
    if (cached !== undefined) return cached;
    const flying = this.flights.get(key) as Promise<T> | undefined;
    if (flying) return flying;
    const flight = load()
      .then(async ({ value, ttlMs }) => {
        if (ttlMs > 0) await this.set(key, value, ttlMs);
        return value;
      })
      .finally(() => this.flights.delete(key));
    this.flights.set(key, flight);
    return flight;
  }
}
