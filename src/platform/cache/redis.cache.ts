import type { Redis } from 'ioredis';
import { Cache } from './cache.js';
import { NearCache } from './near.cache.js';

/** Shared through Redis, with a few seconds of memory in front. Redis being away is a miss, never an error. */
export class RedisCache extends Cache {
  private readonly near = new NearCache();

  /** `redis` pipelines by itself, so the looks of one moment are one round trip. */
  constructor(
    private readonly redis: Redis,
    private readonly prefix: string,
  ) {
    super();
    redis.on('error', () => undefined); // told by readiness; a cache goes on without it
  }

  async get<T>(key: string): Promise<T | undefined> {
    return this.near.through<T>(key, async () => {
      try {
        const text = await this.redis.get(this.prefix + key);
        return text === null ? undefined : (JSON.parse(text) as T);
      } catch {
        return undefined; // a miss: the value is loaded again
      }
    });
  }

  async set(key: string, value: unknown, ttlMs: number): Promise<void> {
    await this.near.keep(key, value, ttlMs);
    try {
      await this.redis.set(this.prefix + key, JSON.stringify(value), 'PX', Math.ceil(ttlMs));
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

  async add(counts: ReadonlyMap<string, number>, ttlMs: number): Promise<number[] | null> {
    const added = [...counts].map(([key, count]) => this.redis.incrby(this.prefix + key, count));
    const expiring = [...counts.keys()].map((key) => this.redis.pexpire(this.prefix + key, Math.ceil(ttlMs)));
    try {
      const [totals] = await Promise.all([Promise.all(added), Promise.all(expiring)]);
      return totals;
    } catch {
      return null; // the caller keeps its count and adds it later
    }
  }

  override async close(): Promise<void> {
    this.redis.disconnect();
  }
}
