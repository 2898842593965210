import { MemoryCache } from '../../../platform/cache/memory.cache.js';
import { fail } from './answers.js';
import { lookUp, type Loaded } from './look-up.js';

const never = new AbortController().signal;

/** A load that is finished by hand. */
function byHand() {
  const waiting: ((loaded: Loaded<string>) => void)[] = [];
  const load = () => new Promise<Loaded<string>>((resolve) => waiting.push(resolve));
  const finish = (loaded: Loaded<string>) => waiting.shift()!(loaded);
  const started = async (count: number) => {
    while (waiting.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { load, finish, started };
}

const value: Loaded<string> = { ok: true, value: 'token', ttlMs: 60_000 };

describe('a shared look-up', () => {
  it('is made once for callers at once, and not again while it is kept', async () => {
    const cache = new MemoryCache();
    let loads = 0;
    const load = async () => {
      loads++;
      return value;
    };
    const all = await Promise.all([1, 2, 3].map(() => lookUp(cache, 'k', never, load)));
    expect(all).toEqual(Array(3).fill({ ok: true, value: 'token' }));
    await lookUp(cache, 'k', never, load);
    expect(loads).toBe(1);
  });

  it('gives its failure to all who wait and keeps it for nobody', async () => {
    const cache = new MemoryCache();
    const refused = fail('unavailable', 'down');
    const all = await Promise.all([1, 2].map(() => lookUp(cache, 'k', never, async () => refused)));
    expect(all).toEqual([refused, refused]);
    expect(await lookUp(cache, 'k', never, async () => value)).toEqual({ ok: true, value: 'token' });
  });

  it('lets a caller go at its own signal while another waits on', async () => {
    const cache = new MemoryCache();
    const { load, finish, started } = byHand();
    const leaver = new AbortController();
    const left = lookUp(cache, 'k', leaver.signal, load);
    const stays = lookUp(cache, 'k', never, load);
    await started(1);
    leaver.abort();
    expect(await left).toMatchObject({ ok: false, failure: { reason: 'timeout' } });
    finish(value);
    expect(await stays).toEqual({ ok: true, value: 'token' });
  });

  it('does not wait at all for a caller who is already gone', async () => {
    const { load } = byHand();
    const gone = await lookUp(new MemoryCache(), 'k', AbortSignal.abort(), load);
    expect(gone).toMatchObject({ ok: false, failure: { reason: 'timeout' } });
  });

  it('is made anew by a caller who is still there when it ended with the one who left', async () => {
    const cache = new MemoryCache();
    const { load, finish, started } = byHand();
    const first = lookUp(cache, 'k', never, load);
    await started(1);
    finish(fail('timeout', 'the first caller left'));
    await started(1);
    finish(value);
    expect(await first).toEqual({ ok: true, value: 'token' });
  });

  it('is not made a third time', async () => {
    let loads = 0;
    const late = await lookUp(new MemoryCache(), 'k', never, async () => {
      loads++;
      return fail('timeout', 'late again');
    });
    expect([late.ok, loads]).toEqual([false, 2]);
  });

  it('lets a fault of ours through as what it is', async () => {
    const broken = lookUp(new MemoryCache(), 'k', never, () => Promise.reject(new TypeError('ours')));
    await expect(broken).rejects.toThrow('ours');
  });
});
