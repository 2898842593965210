import { learn, secondsOver } from './pace.js';

const after = (pace: number, rounds: readonly [done: number, isBusy: boolean][]) =>
  rounds.reduce((believed, [done, isBusy]) => learn(believed, 200, done, isBusy), pace);

describe('the pace that is believed', () => {
  it('is what is done while more waits than is done at once, at once if it is more and little by little if it is less', () => {
    expect(after(200, [[900, true]])).toBe(900);
    expect(after(200, [[50, true]])).toBe(160);
    expect(
      after(
        200,
        Array.from({ length: 12 }, () => [50, true]),
      ),
    ).toBe(50);
  });

  it('is at least what was done while nothing waited, and then never less than before', () => {
    expect(after(200, [[900, false]])).toBe(900);
    expect(after(900, [[5, false]])).toBe(900);
  });

  it('comes back to what is taken for granted once nothing waits any more', () => {
    expect(after(10, [[0, false]])).toBe(12.5);
    expect(
      after(
        10,
        Array.from({ length: 20 }, () => [0, false]),
      ),
    ).toBe(200);
  });

  it('is measured over as long as there was enough to do, for four to ten seconds', () =>
    expect([0, 6, 60].map(secondsOver)).toEqual([4, 6, 10]));
});
