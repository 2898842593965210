import { ClockJudge } from './clock-judge.js';

const NOON = Date.UTC(2026, 5, 1, 12);

describe('the judge of clocks', () => {
  it('believes a quick answer and keeps it over slower ones, until it has grown old', () => {
    const judge = new ClockJudge();
    expect(judge.take({ ms: NOON, at: 1000, errorMs: 2 })).toBe(true);
    expect(judge.take({ ms: NOON + 10_100, at: 11_000, errorMs: 300 })).toBe(false);
    expect(judge.take({ ms: NOON + 10_002, at: 11_000, errorMs: 3 })).toBe(true);
  });

  it('believes a slow answer that cannot be explained by its slowness', () => {
    const judge = new ClockJudge();
    judge.take({ ms: NOON, at: 0, errorMs: 1 });
    expect(judge.take({ ms: NOON + 60_000, at: 1000, errorMs: 300 })).toBe(true);
    expect(judge.offMs(NOON + 60_000, 1000)).toBe(0);
  });

  it.each([
    [0, true, undefined],
    [-900, true, undefined],
    [2100, true, expect.stringContaining('2.1 s ahead of the database')],
    [-400_000, false, expect.stringContaining('400.0 s behind the database')],
    [61_000, false, expect.stringContaining('61.0 s ahead')],
  ])('says of a clock that is %p ms off whether it may be worked with: %p', (off, ok, detail) => {
    const judge = new ClockJudge();
    judge.take({ ms: NOON, at: 0, errorMs: 1 });
    expect(judge.state(NOON + 5000 + off, 5000)).toEqual(detail ? { ok, detail } : { ok });
  });
});
