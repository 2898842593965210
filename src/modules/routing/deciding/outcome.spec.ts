import fc from 'fast-check';
import {
  anyRoute,
  DECIDED_AT,
  failed,
  line,
  linked,
  policy,
  provider,
  quoted,
} from '../../../../test/support/decisions.js';
import { buildOutcome } from './outcome.js';
import { Outcome, type Answer, type Policy } from './policy.js';
import type { Decided } from './quorum.js';

const decision = (rule: Decided['rule']): Decided => ({ kind: 'decided', rule, decidedAt: DECIDED_AT });
const outcome = (rules: Policy, answers: readonly Answer[], rule: Decided['rule'] = 'all_answered') =>
  buildOutcome(rules, answers, decision(rule), 120);

const kroger = provider('KROGER_API', { priority: 55 });
const walmart = provider('WALMART_API', { priority: 60 });
const mealme = provider('MEALME');
const instacart = provider('INSTACART', { linkOnly: true });

describe('buildOutcome', () => {
  it('accounts for every awaited provider exactly once', () => {
    fc.assert(
      fc.property(anyRoute(), ({ policy: rules, answers, answered }) => {
        const { counted, excluded, failed: lost, outstanding } = outcome(rules, answers.slice(0, answered), 'deadline');
        const told = [...counted, ...excluded, ...lost].map(({ providerId }) => providerId);
        expect([...told, ...outstanding].sort()).toEqual(rules.expected.map(({ id }) => id).sort());
      }),
    );
  });

  it('says the same each time it is asked, and nothing that is not JSON', () => {
    fc.assert(
      fc.property(anyRoute(), ({ policy: rules, answers, answered }) => {
        const once = outcome(rules, answers.slice(0, answered), 'deadline');
        expect(outcome(rules, answers.slice(0, answered), 'deadline')).toEqual(once);
        expect(JSON.parse(JSON.stringify(once))).toEqual(once);
      }),
    );
  });

  it('fits its schema', () => {
    const answers = [quoted('KROGER_API'), quoted('WALMART_API', { deliveryCents: null }), linked('INSTACART')];
    const told = outcome(policy([kroger, walmart, mealme, instacart]), [...answers, failed('MEALME')]);
    expect(Outcome.parse(told)).toEqual(told);
  });

  it('tells by how much the winner is over a budget, and who is within it; without one it is as ever', () => {
    const answers = [quoted('KROGER_API'), quoted('WALMART_API')];
    const plain = outcome(policy([kroger, walmart]), answers);
    const totals = [plain.winner!, ...plain.fallbacks].map(({ comparedCents }) => comparedCents);
    const at = (budgetCents: number) => outcome({ ...policy([kroger, walmart]), budgetCents }, answers);
    const ids = [plain.winner!, ...plain.fallbacks].map(({ providerId }) => providerId);
    const { budget, explanation, ...rest } = at(Math.max(...totals));
    expect(budget).toEqual({ cents: Math.max(...totals), overCents: 0, within: ids });
    expect({ ...rest, explanation }).toEqual(plain);
    const over = at(Math.min(...totals) - 100);
    expect(over.budget).toMatchObject({ overCents: totals[0]! - Math.min(...totals) + 100, within: [] });
    expect(over.winner).toEqual(plain.winner);
    expect(over.explanation).toContain('over the budget');
    expect(Outcome.parse(over)).toEqual(over);
    expect(outcome({ ...policy([kroger]), budgetCents: 5 }, [failed('KROGER_API')]).budget).toEqual({
      cents: 5,
      overCents: null,
      within: [],
    });
  });

  it('tells who promises to be there in time, who does not and who tells no time', () => {
    const answers = [
      quoted('KROGER_API', { deliveryMinutes: { min: 60, max: 120 } }),
      quoted('WALMART_API', { deliveryMinutes: { min: 30, max: 60 } }),
      quoted('MEALME', { deliveryMinutes: null }),
    ];
    const at = (minutes: number) => {
      const neededBy = new Date(Date.parse(DECIDED_AT) + minutes * 60_000).toISOString();
      return outcome({ ...policy([kroger, walmart, mealme]), neededBy }, answers);
    };
    expect(at(90).inTime).toMatchObject({ inTime: ['WALMART_API'], late: ['KROGER_API'], untold: ['MEALME'] });
    expect(at(120).inTime!.late).toEqual([]);
    const late = at(10);
    const told = answers.find(({ providerId }) => providerId === late.winner!.providerId && providerId !== 'MEALME');
    expect(late.inTime!.winnerIsInTime).toBe(told ? false : null);
    expect(late.explanation.includes('later than it is needed')).toBe(told !== undefined);
    expect(Outcome.parse(late)).toEqual(late);
  });

  it('is fulfilled at the quorum, partial below it, and without quotes when nobody gave one', () => {
    const rules = policy([kroger, walmart]);
    expect(outcome(rules, [quoted('KROGER_API'), quoted('WALMART_API')]).status).toBe('fulfilled');
    expect(outcome(rules, [quoted('KROGER_API'), failed('WALMART_API')]).status).toBe('partial');
    expect(outcome(rules, [failed('KROGER_API'), failed('WALMART_API')])).toMatchObject({
      status: 'no_quotes',
      winner: null,
      fallbacks: [],
      flipMargins: null,
      quorum: { at: 2, usable: 0 },
    });
  });

  it('names why each answer could not win', () => {
    const names = ['PARTIAL', 'STALE', 'LINKED', 'DANISH', 'EMPTY', 'GOOD'];
    const rules = policy(
      names.map((name) => provider(name)),
      { allowPartial: false },
    );
    const told = outcome(rules, [
      quoted('PARTIAL', { lines: [line(), line('missing')] }),
      quoted('STALE', { expiresAt: DECIDED_AT }),
      linked('LINKED'),
      quoted('DANISH', { currency: 'DKK' }),
      quoted('EMPTY', { lines: [line('ambiguous')] }),
      quoted('GOOD', { lines: [line(), line('substituted')] }),
    ]);
    expect(Object.fromEntries(told.excluded.map(({ providerId, reason }) => [providerId, reason]))).toEqual({
      PARTIAL: 'partial_refused',
      STALE: 'expired',
      LINKED: 'link_only',
      DANISH: 'wrong_currency',
      EMPTY: 'nothing_matched',
    });
    expect(told.winner?.providerId).toBe('GOOD');
  });

  it('takes a quote that lacks a line when the caller allows it', () => {
    const answers = [quoted('MEALME', { lines: [line(), line('missing')] })];
    expect(outcome(policy([mealme]), answers).winner?.providerId).toBe('MEALME');
  });

  it('offers links beside the winner, never as one, and not when they have expired', () => {
    const rules = policy([kroger, instacart]);
    const told = outcome(rules, [quoted('KROGER_API'), linked('INSTACART')]);
    expect(told.handoffs).toEqual([{ providerId: 'INSTACART', url: 'https://shop.example/INSTACART' }]);
    expect(told.winner?.providerId).toBe('KROGER_API');
    expect(outcome(rules, [linked('INSTACART', DECIDED_AT)]).handoffs).toEqual([]);
  });

  it('lists every other usable quote as a fallback, best first', () => {
    const told = outcome(policy([kroger, walmart, mealme]), [
      quoted('MEALME'),
      quoted('KROGER_API'),
      quoted('WALMART_API'),
    ]);
    expect([told.winner, ...told.fallbacks].map((one) => one?.providerId)).toEqual([
      'WALMART_API',
      'KROGER_API',
      'MEALME',
    ]);
  });
});

describe('the explanation', () => {
  it('says who won on what, who follows, and how much cheaper it would have to be', () => {
    const answers = [quoted('KROGER_API', { itemsCents: 2500 }), quoted('WALMART_API', { itemsCents: 3500 })];
    const { explanation, flipMargins } = outcome(policy([kroger, walmart]), answers);
    expect(explanation).toBe(
      'KROGER_API won with 0.665: its price decided it before WALMART_API (0.647). It costs $25.00 all in, and nobody who could win costs less. ' +
        'WALMART_API would have won at $29.99 all in, $5.01 below its own total.',
    );
    expect(flipMargins?.priceDropCents).toBe(501);
  });

  it('says that the only quote was the only one, and how many were wanted', () => {
    const { explanation } = outcome(policy([kroger, walmart]), [quoted('KROGER_API'), failed('WALMART_API')]);
    expect(explanation).toBe(
      'KROGER_API won with 0.665, with 1 of the 2 quotes wanted: the only usable quote. It costs $30.00 all in.',
    );
  });

  it('says why nobody won', () => {
    const answers = [failed('KROGER_API', 'unauthorized'), quoted('WALMART_API', { expiresAt: DECIDED_AT })];
    expect(outcome(policy([kroger, walmart, mealme]), answers, 'deadline').explanation).toBe(
      'No provider gave a usable quote: KROGER_API failed (unauthorized), WALMART_API could not count (expired) and MEALME did not answer in time.',
    );
    expect(outcome(policy([]), []).explanation).toBe('No provider gave a usable quote: none was asked.');
  });

  it('says that the operator’s order decided, what that costs, and what of a total is assumed', () => {
    const rules = policy([
      provider('KROGER_API', { name: 'Kroger', priority: 70 }),
      provider('MEALME', { name: 'MealMe' }),
    ]);
    const answers = [quoted('KROGER_API', { deliveryCents: null }), quoted('MEALME', { deliveryCents: 771 })];
    expect(outcome(rules, answers).explanation).toBe(
      'Kroger won with 0.732: the operator’s order of providers decided it before MealMe (0.640). It costs $39.95 all in (delivery assumed); ' +
        'MealMe is $2.24 cheaper at $37.71 all in. MealMe would have won at $13.31 all in, $24.40 below its own total.',
    );
  });

  it('names who lacks lines and therefore stands back, however high its score', () => {
    const answers = [
      quoted('WALMART_API', { itemsCents: 2000, lines: [line(), line(), line('missing')] }),
      quoted('MEALME', { itemsCents: 3300 }),
    ];
    const told = outcome(policy([walmart, mealme]), answers);
    expect(told.winner?.providerId).toBe('MEALME');
    expect(told.explanation).toContain('MEALME won with');
    expect(told.explanation).toContain('WALMART_API stands back: it lacks a line that others have at little more.');
  });

  it('admits a tie and a preference', () => {
    const alike = [provider('KROGER_API'), provider('WALMART_API')];
    const answers = [quoted('KROGER_API'), quoted('WALMART_API')];
    expect(outcome(policy(alike), answers).explanation).toContain(
      'level with WALMART_API (0.640), first by the tie-break',
    );
    const preferred = [provider('KROGER_API'), provider('WALMART_API', { boost: 0.1 })];
    expect(outcome(policy(preferred), answers).explanation).toContain(
      'WALMART_API won with 0.740: the operator’s preference decided it',
    );
  });
});
