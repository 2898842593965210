import { judgeTotal, type JudgedLine } from './total.js';

const line = (costCents: number, percentile: number | null, usualCents: number | null = costCents): JudgedLine => ({
  costCents,
  percentile,
  usualCents,
  verdict: percentile === null ? 'unknown' : percentile >= 0.75 ? 'low' : percentile <= 0.25 ? 'high' : 'usual',
});

describe('whether a whole cart is well priced', () => {
  it('weighs each line by what it costs', () => {
    const judged = judgeTotal([line(900, 1, 1200), line(100, 0, 80)]);
    expect(judged).toEqual({ verdict: 'low', percentile: 0.9, askedCents: 1000, judgedCents: 1000, usualCents: 1280 });
    expect(judgeTotal([line(100, 1, 120), line(900, 0, 700)]).verdict).toBe('high');
  });

  it('is unknown where most of the money is of lines that nobody can judge, and says of how much it is', () => {
    expect(judgeTotal([line(499, 1, 900), line(501, null)])).toMatchObject({ verdict: 'unknown', judgedCents: 499 });
    expect(judgeTotal([line(501, 1, 900), line(499, null)]).verdict).toBe('low');
    expect(judgeTotal([])).toEqual({
      verdict: 'unknown',
      percentile: null,
      askedCents: 0,
      judgedCents: 0,
      usualCents: null,
    });
  });

  it('calls a cart usual that costs within a fiftieth of what it usually does', () => {
    expect(judgeTotal([line(990, 1, 1000)]).verdict).toBe('usual');
  });
});
