import { AdaptiveLimit } from './adaptive-limit.js';
import { Limiter } from './limiter.js';

const NEVER = new AbortController().signal;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('an adaptive limit', () => {
  it('is cut to seven tenths, once a second, and not below its least', () => {
    const limit = new AdaptiveLimit(4, 100);
    limit.ended(true, 50, 0);
    limit.ended(true, 50, 999);
    expect(limit.current).toBe(70);
    for (let second = 1; second < 20; second++) limit.ended(true, 50, second * 1000);
    expect(limit.current).toBe(4);
  });

  it('grows by about one a round while it is made use of, up to its most, and not while idle', () => {
    const limit = new AdaptiveLimit(4, 12);
    limit.ended(true, 12, 0);
    limit.ended(true, 12, 1000);
    expect(limit.current).toBe(5);
    for (let call = 0; call < 15; call++) limit.ended(false, 7, call);
    expect(limit.current).toBe(8);
    for (let call = 0; call < 50; call++) limit.ended(false, 1, call);
    expect(limit.current).toBe(8);
    for (let call = 0; call < 500; call++) limit.ended(false, 12, call);
    expect(limit.current).toBe(12);
  });
});

describe('a limiter', () => {
  function work(limiter: Limiter<string>, key: string, signal = NEVER) {
    let finish: (result: string) => void = () => undefined;
    const begun = jest.fn();
    const result = limiter.run(
      key,
      () => {
        begun();
        return new Promise<string>((resolve) => (finish = resolve));
      },
      signal,
    );
    return { begun, result, finish: (text: string) => finish(text) };
  }

  it('lets so many be under way for each key, the others wait their turn, and one too many is refused', async () => {
    const limiter = new Limiter<string>({ min: 1, max: 1, queue: 1 }, () => false);
    const [first, second, third, other] = ['a', 'a', 'a', 'b'].map((key) => work(limiter, key));
    await settled();
    expect([first, second, third, other].map((one) => one!.begun.mock.calls.length)).toEqual([1, 0, 0, 1]);
    expect(await third!.result).toBeNull();
    first!.finish('done');
    expect(await first!.result).toBe('done');
    await settled();
    expect(second!.begun).toHaveBeenCalled();
    expect(limiter.use('a')).toEqual({ inFlight: 1, limit: 1 });
  });

  it('gives up waiting when the answer is no longer wanted, and keeps no place for it', async () => {
    const limiter = new Limiter<string>({ min: 1, max: 1, queue: 1 }, () => false);
    const first = work(limiter, 'a');
    await settled();
    const leaving = new AbortController();
    const second = work(limiter, 'a', leaving.signal);
    await settled();
    leaving.abort();
    expect(await second.result).toBeNull();
    const third = work(limiter, 'a');
    first.finish('done');
    await settled();
    expect([second.begun.mock.calls.length, third.begun.mock.calls.length]).toEqual([0, 1]);
  });

  it('lets fewer be under way once results show overload, and frees the place of work that throws', async () => {
    const limiter = new Limiter<string>({ min: 1, max: 10, queue: 10 }, (result) => result === 'overload');
    await expect(limiter.run('a', () => Promise.reject(new Error('broken')), NEVER)).rejects.toThrow('broken');
    const all = Array.from({ length: 10 }, () => work(limiter, 'a'));
    await settled();
    for (const one of all) one.finish('overload');
    await Promise.all(all.map(({ result }) => result));
    expect(limiter.use('a')).toEqual({ inFlight: 0, limit: 7 });
  });
});
