import { scoreOf } from './scorecards.service.js';

const counted = (providerId: string, wins: number, facts: object = {}) => ({
  providerId,
  answers: 40,
  failures: 10,
  late: 2,
  p50Ms: 80.4,
  p95Ms: 610.2,
  wins,
  ...facts,
});

describe('the score of a provider', () => {
  it('is what it answered, how fast, and its part of what was won', () => {
    expect(scoreOf('A', [counted('A', 3), counted('B', 1)])).toEqual({
      answers: 40,
      failures: 10,
      successPercent: 75,
      late: 2,
      p50Ms: 80,
      p95Ms: 610,
      wins: 3,
      winPercent: 75,
      suggestedTimeoutMs: 2611,
    });
  });

  it('suggests nothing from a few answers, and says nothing of nobody', () => {
    expect(scoreOf('A', [counted('A', 0, { answers: 19 })]).suggestedTimeoutMs).toBeNull();
    expect(scoreOf('A', [])).toMatchObject({ answers: 0, successPercent: null, p95Ms: null, winPercent: null });
  });
});
