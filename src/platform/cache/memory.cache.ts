import { Cache } from './cache.js';

const MAX_ENTRIES = 10_000;

/** One process's cache; the oldest entries go first when it is full. */
export class MemoryCache extends Cache {
  private readonly entries = new Map<string, { value: unknown; until: number }>();

  async get<T>(key: string): Promise<T | undefined> {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    if (entry.until > performance.now()) return entry.value as T;
    this.entries.delete(key);
    return undefined;
  }

  async set(key: string, value: unknown, ttlMs: number): Promise<void> {
    this.entries.delete(key);
    this.entries.set(key, { value, until: performance.now() + ttlMs });
    if (this.entries.size > MAX_ENTRIES) this.entries.delete(this.entries.keys().next().value as string);
  }

  async delete(key: string): Promise<void> {
    this.entries.delete(key);
  }

  async add(counts: ReadonlyMap<string, number>, ttlMs: number): Promise<number[]> {
    const totals: number[] = [];
    for (const [key, count] of counts) {
      const total = ((await this.get<number>(key)) ?? 0) + count;
      await this.set(key, total, ttlMs);
      totals.push(total);
    }
    return totals;
  }
}
