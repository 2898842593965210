import { MetricsReaders } from './metrics-readers.js';

describe('who reads metrics while keys cannot be looked up', () => {
  it('is who was let in within a quarter of an hour, and not who was refused since', () => {
    const readers = new MetricsReaders();
    readers.letIn('Bearer a', 0);
    expect([readers.isKnown('Bearer a', 900_000), readers.isKnown('Bearer a', 900_001)]).toEqual([true, false]);
    expect([readers.isKnown('Bearer b', 1), readers.isKnown('', 1)]).toEqual([false, false]);
    readers.refused('Bearer a');
    expect(readers.isKnown('Bearer a', 1)).toBe(false);
  });

  it('forgets who was in longest ago, of more than a hundred', () => {
    const readers = new MetricsReaders();
    for (let one = 0; one <= 100; one++) readers.letIn(`Bearer ${one}`, one);
    expect([readers.isKnown('Bearer 0', 100), readers.isKnown('Bearer 1', 100)]).toEqual([false, true]);
  });
});
