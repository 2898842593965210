import { Seldom } from './repeating.js';

describe('what is said seldom', () => {
  it('is said at once, then not before the time is over, and then with how often it happened', async () => {
    const seldom = new Seldom(50);
    const said: [string, number][] = [];
    const happens = (what: string) => seldom.say(what, (times) => said.push([what, times]));
    for (let time = 0; time < 5; time++) happens('a');
    happens('b');
    expect(said).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    happens('a');
    expect(said.at(-1)).toEqual(['a', 5]);
  });
});
