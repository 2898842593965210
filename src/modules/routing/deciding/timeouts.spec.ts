import { adviceOf, suggestedTimeoutMs, type DayOfAnswers } from './timeouts.js';

const DAY: DayOfAnswers = {
  providerId: 'A',
  answers: 200,
  p95Ms: 811.2,
  timeouts: 4,
  waitedBeyondMs: 4 * 7188,
  slower: 3,
  slowerWins: 1,
};

describe('the advice on a timeout', () => {
  it('is the p95 and two seconds, from twenty answers on', () => {
    expect(suggestedTimeoutMs(811.2, 20)).toBe(2812);
    expect(suggestedTimeoutMs(811.2, 19)).toBeNull();
    expect(suggestedTimeoutMs(null, 200)).toBeNull();
  });

  it('says what a shorter one would have lost, and how much sooner the rest would have been known', () => {
    expect(adviceOf('A', 10_000, DAY)).toEqual({
      providerId: 'A',
      timeoutMs: 10_000,
      answers: 200,
      p95Ms: 811,
      suggestedMs: 2812,
      wouldHave: { lostAnswers: 3, lostWins: 1, sooner: 4, soonerMs: 7188, mayHaveBeenHeard: 0 },
    });
  });

  it('says of a longer one how many might have been heard', () => {
    expect(adviceOf('A', 1000, { ...DAY, waitedBeyondMs: 0, slower: 0, slowerWins: 0 }).wouldHave).toEqual({
      lostAnswers: 0,
      lostWins: 0,
      sooner: 0,
      soonerMs: 0,
      mayHaveBeenHeard: 4,
    });
  });

  it('advises nothing without a day to go by', () => {
    expect(adviceOf('A', 1000, undefined)).toMatchObject({ suggestedMs: null, wouldHave: null });
  });
});
