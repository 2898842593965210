import { parseWeights, priorityOf, weightOf } from './fairness.js';

describe('fair dispatch', () => {
  it('lets as many routes as the workers take at once go first, and puts each further round behind', () => {
    expect([0, 63, 64, 127, 128, 6400].map((open) => priorityOf(open, 1, 64))).toEqual([
      undefined,
      undefined,
      1,
      1,
      2,
      100,
    ]);
  });

  it('gives a heavier tenant more turns, a lighter one fewer', () => {
    expect([priorityOf(640, 10, 64), priorityOf(640, 1, 64), priorityOf(640, 0.5, 64)]).toEqual([1, 10, 20]);
  });

  it('stays within what BullMQ takes', () => expect(priorityOf(1e9, 0.01, 1)).toBe(2 ** 21));

  it('reads weights, one by default, and says what it cannot read', () => {
    const weights = parseWeights(' ten_a=3, ten_b=0.5 ');
    expect(['ten_a', 'ten_b', 'ten_c'].map((id) => weightOf(weights, id))).toEqual([3, 0.5, 1]);
    for (const odd of ['ten_a', 'ten_a=0', '=2', 'ten_a=many']) expect(() => parseWeights(odd)).toThrow(odd);
  });
});
