import { MemoryCache } from './memory.cache.js';

describe('a cache', () => {
  it('loads once for all who ask at the same time, and keeps the value for its time', async () => {
    const cache = new MemoryCache();
    const load = jest.fn(async () => ({ value: 'token', ttlMs: 60_000 }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => cache.once('kroger', load)));
    expect(new Set(answers)).toEqual(new Set(['token']));
    expect(await cache.once('kroger', load)).toBe('token');
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps no failure: the next one who asks loads again', async () => {
    const cache = new MemoryCache();
    const load = jest.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue({ value: 1, ttlMs: 1000 });
    await expect(cache.once('a', load)).rejects.toThrow('away');
    expect(await cache.once('a', load)).toBe(1);
  });

  it('forgets what has expired, what was deleted, and the oldest when it is full', async () => {
    const cache = new MemoryCache();
    await cache.set('gone', 1, -1);
    await cache.set('deleted', 1, 1000);
    await cache.delete('deleted');
    expect([await cache.get('gone'), await cache.get('deleted')]).toEqual([undefined, undefined]);
    for (let index = 0; index <= 10_000; index++) await cache.set(`k${index}`, index, 60_000);
    expect([await cache.get('k0'), await cache.get('k1')]).toEqual([undefined, 1]);
  });
});
