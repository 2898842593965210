import { ReadAnswers } from './read-answers.js';

const SCHEMA = {};
const parsed = (bytes: Buffer) => jest.fn(() => JSON.parse(bytes.toString()) as unknown);

describe('answers that say the same byte for byte', () => {
  it('are read once, and a single other byte is read anew', () => {
    const answers = new ReadAnswers();
    const [one, again, other] = ['{"price":1}', '{"price":1}', '{"price":2}'].map((text) => Buffer.from(text));
    const reads = [one, again, other].map((bytes) => parsed(bytes!));
    const values = [one, again, other].map((bytes, index) => answers.of(bytes!, SCHEMA, reads[index]!));
    expect(values).toEqual([{ price: 1 }, { price: 1 }, { price: 2 }]);
    expect(reads.map(({ mock }) => mock.calls.length)).toEqual([1, 0, 1]);
    expect(answers.of(one!, SCHEMA, reads[0]!)).toBe(values[0]);
  });

  it('are read anew under another schema, and after one that could not be read', () => {
    const answers = new ReadAnswers();
    const bytes = Buffer.from('[1]');
    answers.of(bytes, SCHEMA, () => 'first');
    expect(answers.of(bytes, {}, () => 'second')).toBe('second');
    const odd = Buffer.from('odd');
    expect(answers.of(odd, SCHEMA, () => undefined)).toBeUndefined();
    expect(answers.of(odd, SCHEMA, () => 'now')).toBe('now');
  });

  it('are forgotten, the oldest first, before they take too much memory', () => {
    const answers = new ReadAnswers();
    const bodies = Array.from({ length: 600 }, (_, index) => Buffer.alloc(60_000 - index, index % 250));
    for (const bytes of bodies) answers.of(bytes, SCHEMA, () => bytes.length);
    const again = jest.fn(() => 0);
    answers.of(bodies.at(-1)!, SCHEMA, again);
    expect(again).not.toHaveBeenCalled();
    answers.of(bodies[0]!, SCHEMA, again);
    expect(again).toHaveBeenCalledTimes(1);
  });
});
