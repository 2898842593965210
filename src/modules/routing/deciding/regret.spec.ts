import { DECIDED_AT, failed, linked, policy, provider, quoted } from '../../../../test/support/decisions.js';
import { regret } from './regret.js';

const rules = policy([provider('A', { priority: 60 }), provider('B'), provider('C')]);
const late = { late: true };

describe('regret', () => {
  it('tells that a late quote would have won, by how much, and how much cheaper it was', () => {
    const told = regret(rules, [quoted('A')], quoted('B', { itemsCents: 1600 }, late), DECIDED_AT);
    expect(told).toEqual({ providerId: 'B', wouldHaveWon: true, scoreDifference: 0.02, totalDifferenceCents: 1400 });
  });

  it('tells that waiting would have changed nothing', () => {
    const told = regret(rules, [quoted('A')], quoted('B', { itemsCents: 3140 }, late), DECIDED_AT);
    expect(told).toMatchObject({ providerId: 'B', wouldHaveWon: false, totalDifferenceCents: -140 });
    expect(told.scoreDifference).toBeLessThan(0);
  });

  it('compares with the winner, not with whoever came second', () => {
    const told = regret(rules, [quoted('C', { itemsCents: 2900 }), quoted('A')], quoted('B', {}, late), DECIDED_AT);
    expect(told.totalDifferenceCents).toBe(0);
  });

  it('has no pair to compare when nobody had won', () => {
    expect(regret(rules, [failed('A')], quoted('B', {}, late), DECIDED_AT)).toEqual({
      providerId: 'B',
      wouldHaveWon: true,
      scoreDifference: null,
      totalDifferenceCents: null,
    });
  });

  it('regrets no failure, no link and no quote that had expired', () => {
    const useless = [
      failed('B', 'timeout', late),
      { ...linked('B'), ...late },
      quoted('B', { expiresAt: DECIDED_AT }, late),
    ];
    for (const answer of useless) {
      expect(regret(rules, [quoted('A')], answer, DECIDED_AT)).toMatchObject({
        wouldHaveWon: false,
        scoreDifference: null,
      });
    }
  });
});
