import fc from 'fast-check';
import { anyRoute, DECIDED_AT, policy, provider, quoted } from '../../../../test/support/decisions.js';
import { buildOutcome } from './outcome.js';
import type { Answer, Policy } from './policy.js';
import type { Decided } from './quorum.js';
import { overheadMs, worthOf } from './worth.js';

const decided = (rules: Policy, answers: readonly Answer[], rule: Decided['rule'] = 'all_answered') =>
  buildOutcome(rules, answers, { kind: 'decided', rule, decidedAt: DECIDED_AT }, 120);
const kroger = provider('KROGER_API', { priority: 90, commissionBps: 500 });
const walmart = provider('WALMART_API');
const both = policy([kroger, walmart]);

describe('what a route is worth', () => {
  it('is what the winner asks, what it pays by the agreed rate, and what the others would have taken', () => {
    const answers = [
      quoted('KROGER_API', { itemsCents: 1000, totalCents: 1200, commissionCents: null }),
      quoted('WALMART_API', { itemsCents: 1100, totalCents: 1500 }),
    ];
    expect(worthOf(both, answers, decided(both, answers))).toEqual({
      currency: 'USD',
      valueCents: 1200,
      commissionCents: 50,
      alternativesCents: 1500,
    });
  });

  it('takes the commission that was stated, and compares nothing with nothing', () => {
    const answers = [quoted('KROGER_API', { itemsCents: 1000, totalCents: 1200, commissionCents: 33 })];
    const worth = worthOf(both, answers, decided(both, answers));
    expect([worth!.commissionCents, worth!.alternativesCents]).toEqual([33, null]);
  });

  it('is told exactly where there is a winner, in whole cents that are never below zero', () => {
    fc.assert(
      fc.property(anyRoute(), ({ policy: rules, answers }) => {
        const outcome = decided(rules, answers);
        const worth = worthOf(rules, answers, outcome);
        expect(worth === null).toBe(outcome.winner === null);
        if (!worth) return;
        for (const cents of [worth.valueCents, worth.commissionCents, worth.alternativesCents ?? 0])
          expect(Number.isInteger(cents) && cents >= 0).toBe(true);
      }),
    );
  });
});

describe('the overhead of a decision', () => {
  it('is what it took beyond the slowest answer that counted, and unknown where the deadline decided', () => {
    const answers = [
      { ...quoted('KROGER_API'), latencyMs: 80 },
      { ...quoted('WALMART_API'), latencyMs: 100 },
    ];
    expect(overheadMs(decided(both, answers))).toBe(20);
    expect(overheadMs(decided(both, answers, 'deadline'))).toBeNull();
    expect(overheadMs(decided(both, []))).toBeNull();
  });
});
