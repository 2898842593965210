import { dictionary } from './dictionary.js';

describe('a dictionary', () => {
  it('knows its own words alone', () => {
    const numbers = dictionary({ one: 1, two: 2 });
    expect([numbers.one, numbers.two, numbers.three]).toEqual([1, 2, undefined]);
    for (const word of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])
      expect([word, numbers[word]]).toEqual([word, undefined]);
  });
});
