import { joinsOf, type Pair } from './grouping.js';

const pair = (one: string, other: string, how: Pair['how'] = 'matcher', confidence = 0.95): Pair => ({
  one,
  other,
  how,
  confidence,
});
const groupsOf = (...args: Parameters<typeof joinsOf>): string[] => {
  const by = new Map<string, string[]>();
  for (const { productId, into } of joinsOf(...args)) by.set(into, [...(by.get(into) ?? [into]), productId].toSorted());
  return [...by.values()].map((all) => all.join(' ')).toSorted();
};

describe('products that are one', () => {
  it('are named after the oldest, whichever pair came first', () => {
    for (const pairs of [
      [pair('a', 'b'), pair('b', 'c')],
      [pair('c', 'b'), pair('b', 'a')],
    ])
      expect(groupsOf(pairs, [])).toEqual(['a b c']);
  });

  it('say of each by what it was joined, the surest first', () => {
    expect(joinsOf([pair('a', 'b'), pair('b', 'a', 'code', 1)], [])).toEqual([
      { productId: 'b', into: 'a', how: 'code', confidence: 1 },
    ]);
  });

  it('are two when they were parted by hand, also by way of a third', () => {
    const found = [pair('a', 'b', 'code', 1), pair('b', 'c'), pair('a', 'c', 'matcher', 0.9)];
    expect(groupsOf(found, [{ kind: 'part', one: 'c', other: 'a' }])).toEqual(['a b']);
    expect(groupsOf(found, [{ kind: 'part', one: 'a', other: 'b' }])).toEqual(['b c']);
  });

  it('go by the later of two decisions', () => {
    const [join, part] = [
      { kind: 'join', one: 'a', other: 'b' },
      { kind: 'part', one: 'b', other: 'a' },
    ] as const;
    expect(groupsOf([], [join, part])).toEqual(['a b']);
    expect(groupsOf([pair('a', 'b', 'code', 1)], [part, join])).toEqual([]);
  });

  it('joined by hand hold against an older parting within', () => {
    const decided = [
      { kind: 'join', one: 'a', other: 'b' },
      { kind: 'join', one: 'b', other: 'c' },
      { kind: 'part', one: 'a', other: 'c' },
    ] as const;
    expect(groupsOf([], decided)).toEqual(['a b c']);
  });

  it('are nothing of themselves alone', () => {
    expect(joinsOf([pair('a', 'a')], [{ kind: 'join', one: 'a', other: 'a' }])).toEqual([]);
  });

  it('are found in no time, however many are one, in a chain or around a first', () => {
    const ids = Array.from({ length: 50_000 }, (_, n) => `p${String(n).padStart(6, '0')}`);
    const chain = ids.slice(1).map((id, n) => pair(ids[n]!, id));
    const star = ids.slice(1).map((id) => pair(ids[0]!, id));
    const parted = [{ kind: 'part', one: ids[7]!, other: ids[40_000]! }] as const;
    for (const found of [chain, chain.toReversed(), star]) {
      const from = performance.now();
      expect(joinsOf(found, [])).toHaveLength(ids.length - 1);
      expect(joinsOf(found, parted)).toHaveLength(ids.length - 2);
      // Quadratic, it took minutes.
      expect(performance.now() - from).toBeLessThan(10_000);
    }
  });
});
