import { MemoryCache } from './memory.cache.js';

/** Kept in memory this long before the shared cache is asked again, so that a hot key costs no round trip per route. */
const NEAR_MS = 5000;

/** A few seconds of memory in front of a shared cache. */
export class NearCache {
  private readonly memory = new MemoryCache();

  async through<T>(key: string, far: () => Promise<T | undefined>): Promise<T | undefined> {
    const near = await this.memory.get<T>(key);
    if (near !== undefined) return near;
    const value = await far();
    if (value !== undefined) await this.memory.set(key, value, NEAR_MS);
    return value;
  }

  keep(key: string, value: unknown, ttlMs: number): Promise<void> {
    return this.memory.set(key, value, Math.min(NEAR_MS, ttlMs));
  }

  delete(key: string): Promise<void> {
    return this.memory.delete(key);
  }
}
