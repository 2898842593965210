import { DECIDED_AT, policy, provider, quoted, SEED_WEIGHTS, seenBefore } from '../../../../test/support/decisions.js';
import { readConfig } from '../../../read-config.js';
import { policyWith } from './build-policy.js';
import { buildOutcome } from './outcome.js';
import type { Answer, Policy } from './policy.js';

const { values } = readConfig({ LOOPGPT_ENV: 'test', DATABASE_URL: 'postgres://x@127.0.0.1/x' });
const DECIDED = { kind: 'decided', rule: 'all_answered', decidedAt: DECIDED_AT } as const;
const PAIR = [provider('CHEAP_NOW'), provider('CHEAP_FOR_IT')];
const decide = (answers: readonly Answer[], facts: Partial<Policy> = {}) =>
  buildOutcome(policy(PAIR, facts), answers, DECIDED, 10);

/** Of two alike the first is a little cheaper; the second sells far below what the same things cost before. */
const ANSWERS = [
  quoted('CHEAP_NOW', { itemsCents: 2900, history: seenBefore(0.1) }),
  quoted('CHEAP_FOR_IT', { itemsCents: 3000, history: seenBefore(1) }),
];

describe('what was seen of prices before', () => {
  it('counts for nothing unless the caller gives it a weight, and is told all the same', () => {
    const outcome = decide(ANSWERS);
    expect(outcome.winner).toMatchObject({ providerId: 'CHEAP_NOW' });
    expect(outcome.winner!.factors).not.toHaveProperty('history');
    expect(outcome.priceCheck?.total.percentile).toBe(0.1);
    const bare = ANSWERS.map((answer) => {
      const { history: _history, ...offer } = (answer.result as { offer: { history?: unknown } }).offer;
      return { ...answer, result: { ...answer.result, offer } } as Answer;
    });
    const { priceCheck: _told, ...untold } = outcome;
    expect(decide(bare)).toEqual(untold);
  });

  it('can turn the choice, says so, and prints how much it counted', () => {
    const outcome = decide(ANSWERS, { historyWeight: 1 });
    expect(outcome.winner).toMatchObject({ providerId: 'CHEAP_FOR_IT', factors: { history: { value: 1, weight: 1 } } });
    expect(outcome.explanation).toContain('what such things cost before');
    const parts = Object.values(outcome.winner!.factors).reduce((sum, { contribution }) => sum + contribution, 0);
    expect(outcome.winner!.score).toBeCloseTo(parts, 5);
  });

  it('is neither cheap nor dear for what nobody saw', () => {
    const half = decide([quoted('CHEAP_NOW', { history: seenBefore(1, 500) }), quoted('CHEAP_FOR_IT')], {
      historyWeight: 1,
    });
    expect(half.winner!.factors.history).toMatchObject({ value: 0.75, unknown: true });
    expect(half.fallbacks[0]!.factors.history).toMatchObject({ value: 0.5, unknown: true });
  });

  it('is weighed anew by who decides again under other wishes', () => {
    const frozen = policy(PAIR, { historyWeight: 1, priceCheck: true });
    expect(policyWith(frozen, { historyWeight: 0 }, values)).toEqual({ ...policy(PAIR), priceCheck: true });
    const again = policyWith(policy(PAIR, { priceCheck: true }), { historyWeight: 2 }, values);
    expect(again).toMatchObject({ historyWeight: 2, weights: SEED_WEIGHTS });
    expect(buildOutcome(again, ANSWERS, DECIDED, 10).winner!.providerId).toBe('CHEAP_FOR_IT');
  });
});
