import { randomOf } from '../src/common/random.js';
import { percentile, poissonSchedule, ratio } from './statistics.js';

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_none, index) => 100 - index);

  it('is the nearest rank, whatever the order', () => {
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
    expect(percentile([7], 0.01)).toBe(7);
  });

  it('takes the worst of few values rather than inventing one between', () => {
    expect(percentile([1, 2, 1000], 0.99)).toBe(1000);
  });

  it('is unknown for no values and leaves its list alone', () => {
    expect(percentile([], 0.5)).toBeNull();
    const list = [2, 1];
    percentile(list, 0.5);
    expect(list).toEqual([2, 1]);
  });
});

describe('poissonSchedule', () => {
  const schedule = poissonSchedule(200, 10, randomOf(7));

  it('has exactly the expected number of moments, ascending and within the time', () => {
    expect(schedule).toHaveLength(2000);
    expect(schedule.every((at, index) => at > (schedule[index - 1] ?? 0))).toBe(true);
    expect(schedule.at(-1)!).toBeLessThan(10_000);
  });

  it('is the same for the same seed and another for another', () => {
    expect(poissonSchedule(200, 10, randomOf(7))).toEqual(schedule);
    expect(poissonSchedule(200, 10, randomOf(8))).not.toEqual(schedule);
  });

  it('has gaps as a Poisson process has them: exponential, their deviation equal to their mean', () => {
    const gaps = schedule.map((at, index) => at - (schedule[index - 1] ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(mean).toBeCloseTo(5, 0);
    expect(Math.sqrt(variance) / mean).toBeCloseTo(1, 0);
    const longerThanMean = gaps.filter((gap) => gap > mean).length / gaps.length;
    expect(Math.abs(longerThanMean - Math.exp(-1))).toBeLessThan(0.03);
  });
});

describe('ratio', () => {
  it('is unknown when a side is', () => {
    expect(ratio(1, 4)).toBe(0.25);
    expect(ratio(null, 4)).toBeNull();
    expect(ratio(1, null)).toBeNull();
    expect(ratio(1, 0)).toBeNull();
  });
});
