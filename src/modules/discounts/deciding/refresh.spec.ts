import { refreshEverySeconds } from './refresh.js';

describe('asking again by itself', () => {
  it('takes at most half of the calls of the day, however many places are watched', () => {
    for (const places of [1, 52, 53, 500, 5000]) {
      const calls = (places * 86_400) / refreshEverySeconds(places, 10_000);
      expect(calls).toBeLessThanOrEqual(5000);
    }
    expect(refreshEverySeconds(1, 10_000)).toBe(900);
  });
});
