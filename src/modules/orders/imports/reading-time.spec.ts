import { isOverTime } from './reading-time.js';

describe('the time that a file may take', () => {
  it.each([
    ['read in time', 9_900, 9_900, false],
    ['computed for ten seconds by the clock', 10_000, 10_000, true],
    ['kept waiting by others for half of it', 19_000, 9_500, false],
    ['read while other threads computed too', 6_000, 12_000, false],
    ['kept waiting without an end', 60_000, 100, true],
  ])('of one %s', (_what, clockMs, computedMs, isOver) => {
    expect(isOverTime(clockMs, computedMs)).toBe(isOver);
  });
});
