import type { Plan } from '../../../sdk/client.js';
import { FRESH } from '../../kit/planning/wish.js';
import { waysOf } from './ways.js';

const clash = (...between: string[]): Plan['clashes'] => [
  { date: null, personId: null, between, isProven: true, sentence: '' },
];
const closest = { days: [], costCents: 4686, seed: 7, misses: [] };

describe('waysOf', () => {
  it('offers the least that works first, then what takes off the list', () => {
    const wish = { ...FRESH, budget: '5', pantryStaples: false };
    const ways = waysOf({ clashes: clash('budget'), closest }, wish);
    expect(ways.map(({ way, wish: { budget } }) => [way, budget])).toEqual([
      ['withBudget', '47'],
      ['withStaples', '5'],
      ['withLeftovers', '5'],
      ['withoutBudget', ''],
    ]);
    expect(ways[1]!.wish.pantryStaples).toBe(true);
    // What it cost was found by chance: the same chance finds it again.
    expect(ways.map(({ wish: { seed } }) => seed)).toEqual([7, undefined, undefined, undefined]);
  });

  it('offers nothing that was done already, and nothing where it is not money', () => {
    const done = { ...FRESH, countLeftovers: true };
    expect(waysOf({ clashes: clash('budget'), closest: null }, done).map(({ way }) => way)).toEqual(['withoutBudget']);
    expect(waysOf({ clashes: clash('protein_g'), closest }, FRESH)).toEqual([]);
  });
});
