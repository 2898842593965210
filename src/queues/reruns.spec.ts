import { Reruns } from './reruns.js';

describe('a failed job that is still owed', () => {
  it('starts over at once the first time, then after pauses that double', () => {
    let now = 0;
    const reruns = new Reruns(() => now);
    const startedAt: number[] = [];
    for (; now <= 8000; now += 500) if (reruns.due(['a']).length > 0) startedAt.push(now);
    expect(startedAt).toEqual([0, 1000, 3000, 7000]);
  });

  it('waits for nobody else', () => {
    const reruns = new Reruns(() => 0);
    expect(reruns.due(['a'])).toEqual(['a']);
    expect(reruns.due(['a', 'b'])).toEqual(['b']);
  });
});
