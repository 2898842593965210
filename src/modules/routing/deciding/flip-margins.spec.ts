import fc from 'fast-check';
import { anyRoute, DECIDED_AT, policy, provider, quoted } from '../../../../test/support/decisions.js';
import type { Contender } from './contender.js';
import { judge } from './eligibility.js';
import { flipMargins } from './flip-margins.js';
import { FACTORS, type Answer, type Policy } from './policy.js';
import { contenders, rank, type RankingRules } from './scoring.js';

function margins(rules: Policy, answers: readonly Answer[]) {
  const all = contenders(rules, judge(rules, answers, DECIDED_AT).usable);
  const ranked = rank(rules, all);
  return { all, ranked, flip: flipMargins(rules, all, ranked) };
}

const winner = (rules: RankingRules, all: readonly Contender[]) => rank(rules, all)[0]!.providerId;
const cheaper = (all: readonly Contender[], name: string, cents: number) =>
  all.map((one) =>
    one.provider.id === name ? { ...one, comparedCents: Math.max(1, one.comparedCents - cents) } : one,
  );

describe('flipMargins', () => {
  it('gives a price drop at which the runner-up wins, and one cent less at which it does not', () => {
    let found = 0;
    fc.assert(
      fc.property(anyRoute(), ({ policy: rules, answers }) => {
        const { all, flip } = margins(rules, answers);
        if (!flip || flip.priceDropCents === null) return;
        found++;
        expect(winner(rules, cheaper(all, flip.runnerUpId, flip.priceDropCents))).toBe(flip.runnerUpId);
        expect(winner(rules, cheaper(all, flip.runnerUpId, flip.priceDropCents - 1))).not.toBe(flip.runnerUpId);
      }),
      { numRuns: 500 },
    );
    expect(found).toBeGreaterThan(20);
  });

  it('gives no price drop only when even one cent would not make the runner-up win', () => {
    fc.assert(
      fc.property(anyRoute(), ({ policy: rules, answers }) => {
        const { all, ranked, flip } = margins(rules, answers);
        if (!flip || flip.priceDropCents !== null) return;
        const most = Math.max(0, ranked[1]!.totalCents - 1);
        expect(winner(rules, cheaper(all, flip.runnerUpId, most))).not.toBe(flip.runnerUpId);
      }),
      { numRuns: 300 },
    );
  });

  it('gives weights at which the runner-up wins, and a thousandth nearer to the present one at which it does not', () => {
    let found = 0;
    fc.assert(
      fc.property(anyRoute(), ({ policy: rules, answers }) => {
        const { all, flip } = margins(rules, answers);
        for (const factor of FACTORS) {
          const weight = flip?.weights[factor] ?? null;
          if (flip === null || weight === null) continue;
          found++;
          const nearer = Math.round((weight + (weight > rules.weights[factor] ? -0.001 : 0.001)) * 1000) / 1000;
          expect(weight).toBeGreaterThanOrEqual(0);
          expect(weight).toBeLessThanOrEqual(10);
          expect(winner({ ...rules, weights: { ...rules.weights, [factor]: weight } }, all)).toBe(flip.runnerUpId);
          expect(winner({ ...rules, weights: { ...rules.weights, [factor]: nearer } }, all)).not.toBe(flip.runnerUpId);
        }
      }),
      { numRuns: 500 },
    );
    expect(found).toBeGreaterThan(100);
  });

  it('misses no weight: where it gives none, no weight of 0..10 makes the runner-up win', () => {
    fc.assert(
      fc.property(
        anyRoute(4),
        fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 20 }),
        (route, thousandths) => {
          const { all, flip } = margins(route.policy, route.answers);
          for (const factor of FACTORS.filter((one) => flip && flip.weights[one] === null)) {
            for (const weight of thousandths) {
              const ranked = rank(
                { ...route.policy, weights: { ...route.policy.weights, [factor]: weight / 1000 } },
                all,
              );
              const won = ranked[0]!.providerId === flip!.runnerUpId && ranked[0]!.score - ranked[1]!.score > 1e-5;
              expect(won).toBe(false);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('finds the price by hand: equal but for 5 points of priority, under the seed weights', () => {
    const rules = policy([provider('A', { priority: 55 }), provider('B', { priority: 50 })]);
    const { flip } = margins(rules, [quoted('A'), quoted('B')]);
    // 0.05 of priority weighs 1, price weighs 0.3: A's price value must fall to 1 - 0.05 / 0.3 = 5/6 of 3000 cents.
    expect(flip?.priceDropCents).toBe(500);
  });

  it('finds the weight by hand: 5 points of priority against a fifth of the price', () => {
    const rules = policy([provider('A', { priority: 55 }), provider('B', { priority: 40 })]);
    const { flip } = margins(rules, [quoted('A'), quoted('B', { itemsCents: 2400 })]);
    // 0.15 × w(priority) = 0.2 × w(price): with priority 1, price must weigh 0.75; with price 0.3, priority 0.4.
    expect(flip?.weights).toMatchObject({ priority: 0.4, availability: null, speed: null });
    expect(Math.abs(flip!.weights.price! - 0.75)).toBeLessThan(0.0015);
  });

  it('has nothing to say about a single quote', () => {
    expect(margins(policy([provider('A')]), [quoted('A')]).flip).toBeNull();
  });
});
