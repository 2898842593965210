import { randomOf } from '../src/common/random.js';
import { delayMs, Occurrences } from './seeded.js';

describe('seeded delays', () => {
  const delays = (seed: number) => {
    const random = randomOf(seed);
    return Array.from({ length: 20_000 }, () => delayMs({ medianMs: 80, p99Ms: 600 }, random)).sort((a, b) => a - b);
  };

  it('have the median and the 99th percentile asked for', () => {
    const sorted = delays(1);
    expect(sorted[10_000]).toBeGreaterThan(76);
    expect(sorted[10_000]).toBeLessThan(84);
    expect(sorted[19_800]).toBeGreaterThan(520);
    expect(sorted[19_800]).toBeLessThan(680);
  });

  it('are the same for the same seed', () => {
    expect(delays(5).slice(0, 50)).toEqual(delays(5).slice(0, 50));
    expect(delays(5).slice(0, 50)).not.toEqual(delays(6).slice(0, 50));
  });
});

describe('occurrences', () => {
  it('number the same call on and never repeat a number for it, however many others come between', () => {
    const occurrences = new Occurrences();
    const numbers = [occurrences.next('a'), occurrences.next('a')];
    for (let index = 0; index < 100_001; index++) occurrences.next(`other ${index}`);
    numbers.push(occurrences.next('a'), occurrences.next('a'));
    expect(new Set(numbers).size).toBe(4);
  });
});
