import { randomOf } from '../../../common/random.js';
import { callsToWarm } from './allowance.js';
import { Popularity } from './popularity.js';

const MINUTE = 60_000;

describe('what was asked for of late', () => {
  it('is likely again when it was asked for often, not when it was once', () => {
    const popularity = new Popularity<string>(10 * MINUTE, 100);
    popularity.asked('once', 'a', 0);
    for (let at = 0; at < 10; at++) popularity.asked('often', 'b', at * 1000);
    const likely = popularity.likely(5 * MINUTE, 0.5, 10_000);
    expect(likely).toEqual([{ key: 'often', what: 'b', chance: expect.any(Number) }]);
    expect(likely[0]!.chance).toBeGreaterThan(0.9);
    // 1 − e^(−(10 − 1) × ln 2 ÷ 10 min × 5 min) = 0.956 at once; an hour later six halvings have left less than the one that made it known.
    expect(popularity.likely(5 * MINUTE, 0.01, 60 * MINUTE)).toEqual([]);
  });

  it('keeps no more than it may, and those that count most', () => {
    const popularity = new Popularity<number>(MINUTE, 20);
    for (let n = 0; n < 5; n++) for (const key of ['x', 'y']) popularity.asked(key, 0, n);
    for (let n = 0; n < 200; n++) popularity.asked(`n${n}`, n, 10 + n);
    expect(popularity.size).toBeLessThanOrEqual(20);
    expect(popularity.likely(MINUTE, 0.5, 210).map(({ key }) => key)).toEqual(['x', 'y']);
  });

  /** Carts asked for by Zipf's law, the n-th most common 1/n as often as the first; quotes are kept for five minutes. */
  it('is worth warming: of what is warmed on a Zipf replay at least 0.3 is used, and hits are gained', () => {
    const random = randomOf(7);
    const carts = 500;
    const weights = Array.from({ length: carts }, (_, n) => 1 / (n + 1));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const pick = () => {
      let left = random() * total;
      return weights.findIndex((weight) => (left -= weight) < 0);
    };
    const ttlMs = 5 * MINUTE;
    const everyMs = MINUTE / 2;
    const popularity = new Popularity<number>(10 * MINUTE, 2000);
    const cached = new Map<number, { until: number; warmed: boolean }>();
    const plain = new Map<number, number>();
    let [asked, hits, plainHits, warmed, used] = [0, 0, 0, 0, 0];
    let next = 0;
    for (let now = 0; now < 120 * MINUTE; now += -Math.log(1 - random()) * 2000) {
      for (; next <= now; next += everyMs) {
        for (const { what } of popularity.likely(ttlMs, 0.5, next)) {
          if ((cached.get(what)?.until ?? 0) > next + everyMs) continue;
          cached.set(what, { until: next + ttlMs, warmed: true });
          warmed++;
        }
      }
      const cart = pick();
      asked++;
      const entry = cached.get(cart);
      if (entry && entry.until > now) {
        hits++;
        if (entry.warmed) used++;
        entry.warmed = false;
      } else cached.set(cart, { until: now + ttlMs, warmed: false });
      if ((plain.get(cart) ?? 0) > now) plainHits++;
      else plain.set(cart, now + ttlMs);
      popularity.asked(String(cart), cart, now);
    }
    expect(used / warmed).toBeGreaterThanOrEqual(0.3);
    expect(hits / asked).toBeGreaterThan(plainHits / asked + 0.05);
  });
});

describe('calls for warming', () => {
  it.each([
    [{ perDay: null, used: 5000, warmed: 0 }, Infinity],
    [{ perDay: 1000, used: 0, warmed: 0 }, 200],
    [{ perDay: 1000, used: 200, warmed: 200 }, 0],
    [{ perDay: 1000, used: 500, warmed: 0 }, 100],
    [{ perDay: 1000, used: 500, warmed: 60 }, 52],
    [{ perDay: 1000, used: 800, warmed: 0 }, 0],
    [{ perDay: 1000, used: 1000, warmed: 10 }, 0],
  ])('are a fifth of what is left, and none after 80 %: %j', (spent, calls) => {
    expect(callsToWarm(spent)).toBe(calls);
  });
});
