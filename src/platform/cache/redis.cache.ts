import type { Redis } from 'ioredis';
import { Cache } from './cache.js';
import { MemoryCache } from './memory.cache.js';

/** Kept in memory this long before Redis is asked again, so that a hot key costs no round trip per route. */
const NEAR_MS = 5000;

/** Shared through Redis, with a few seconds of memory in front. Redis being away is a miss, never an error. */
export class RedisCache extends Cache {
  private readonly near = new MemoryCache();

  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {
    super();
    redis.on('error', () => undefined); // told by readiness; a cache goes on without it
  }

  async get<T>(key: string): Promise<T | undefined> {
    const near = await this.near.get<T>(key);
    if (near !== undefined) return near;
    try {
      const text = await this.redis.get(this.prefix + key);
      if (text === null) return undefined;
      const value = JSON.parse(text) as T;
      await this.near.set(key, value, NEAR_MS);
      return value;
    } catch {
      return undefined; // a miss: the value is loaded again
    }
  }

  async set(key: string, value: unknown, ttlMs: number): Promise<void> {
    await this.near.set(key, value, Math.min(NEAR_MS, ttlMs));
    try {
      await this.redis.set(this.prefix + key, JSON.stringify(value), 'PX', ttlMs);
    } catch {
      // Other processes load it themselves.
    }
  }

  async delete(key: string): Promise<void> {
    await this.near.delete(key);
    try {
      await this.redis.del(this.prefix + key);
    } catch {
      // It expires by itself.
    }
  }
}
