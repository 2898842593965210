import { Cache } from './cache.js';

/** Another cache whose looks are counted: whether the value was there. */
export class CountedCache extends Cache {
  constructor(
    private readonly far: Cache,
    private readonly looked: (result: 'hit' | 'miss') => void,
  ) {
    super();
  }

  async get<T>(key: string): Promise<T | undefined> {
    const value = await this.far.get<T>(key);
    this.looked(value === undefined ? 'miss' : 'hit');
    return value;
  }

  set(key: string, value: unknown, ttlMs: number): Promise<void> {
    return this.far.set(key, value, ttlMs);
  }

  delete(key: string): Promise<void> {
    return this.far.delete(key);
  }

  add(counts: ReadonlyMap<string, number>, ttlMs: number): Promise<number[] | null> {
    return this.far.add(counts, ttlMs);
  }
}
