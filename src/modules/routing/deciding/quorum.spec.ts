import fc from 'fast-check';
import {
  anyAnswer,
  anyRoute,
  DECIDED_AT,
  dreamQuote,
  failed,
  policy,
  provider,
  quoted,
  SEED_WEIGHTS,
} from '../../../../test/support/decisions.js';
import { judge } from './eligibility.js';
import { buildOutcome } from './outcome.js';
import type { Answer, Policy } from './policy.js';
import { decide, type Decided, type Decision } from './quorum.js';
import { score } from './scoring.js';

const now = (deadlinePassed = false) => ({ decidedAt: DECIDED_AT, deadlinePassed });
const ruleOf = (decision: Decision) => (decision.kind === 'decided' ? decision.rule : 'wait');
const winnerOf = (rules: Policy, answers: readonly Answer[]) =>
  score(rules, judge(rules, answers, DECIDED_AT).usable)[0]?.providerId ?? null;
const leadOf = (rules: Policy, answers: readonly Answer[]) => {
  const [first, second] = score(rules, judge(rules, answers, DECIDED_AT).usable);
  return first && second ? first.score - second.score : 1;
};

const strong = provider('STRONG', { priority: 100, reliability: 1 });
const middle = provider('MIDDLE', { priority: 60 });
const weak = provider('WEAK', { priority: 10, reliability: 0.5 });
const link = provider('LINK', { linkOnly: true });

describe('decide', () => {
  it('closes at once when the k usable quotes the caller asked for are in', () => {
    const rules = policy([weak, middle, strong], { quorum: { at: 2, strict: true } });
    expect(ruleOf(decide(rules, [quoted('WEAK')], now()))).toBe('wait');
    expect(ruleOf(decide(rules, [quoted('WEAK'), quoted('MIDDLE')], now()))).toBe('quorum');
  });

  it('waits past the quorum for a provider that could still win', () => {
    const rules = policy([weak, middle, strong]);
    expect(ruleOf(decide(rules, [quoted('WEAK'), quoted('MIDDLE')], now()))).toBe('wait');
  });

  it('does not wait for a provider that cannot win any more', () => {
    const rules = policy([weak, middle, strong]);
    expect(ruleOf(decide(rules, [quoted('STRONG'), quoted('MIDDLE')], now()))).toBe('unbeatable');
  });

  it('never calls a winner unbeatable below the quorum', () => {
    const rules = policy([weak, middle, strong], { quorum: { at: 3, strict: false } });
    expect(ruleOf(decide(rules, [quoted('STRONG'), quoted('MIDDLE')], now()))).toBe('wait');
  });

  it('closes when everybody has answered, without waiting for the deadline', () => {
    const rules = policy([weak, middle]);
    expect(ruleOf(decide(rules, [quoted('WEAK'), failed('MIDDLE')], now()))).toBe('all_answered');
    expect(ruleOf(decide(rules, [failed('WEAK'), failed('MIDDLE')], now()))).toBe('all_answered');
  });

  it('never awaits a provider that gives links only', () => {
    const rules = policy([middle, link]);
    expect(ruleOf(decide(rules, [quoted('MIDDLE')], now()))).toBe('all_answered');
    expect(ruleOf(decide(policy([link]), [], now()))).toBe('all_answered');
  });

  it('closes at the deadline with whatever there is, and not before', () => {
    const rules = policy([weak, middle, strong]);
    expect(ruleOf(decide(rules, [], now()))).toBe('wait');
    expect(ruleOf(decide(rules, [], now(true)))).toBe('deadline');
    expect(ruleOf(decide(rules, [quoted('WEAK')], now(true)))).toBe('deadline');
  });

  it('does not count an expired quote towards the quorum, by the given clock alone', () => {
    const rules = policy([middle, weak], { quorum: { at: 1, strict: true } });
    const answers = [quoted('MIDDLE', { expiresAt: '2026-06-01T12:00:00.001Z' })];
    expect(ruleOf(decide(rules, answers, now()))).toBe('quorum');
    const later = { decidedAt: '2026-06-01T12:00:00.001Z', deadlinePassed: false };
    expect(ruleOf(decide(rules, answers, later))).toBe('wait');
  });

  it('decides the same for any order of the same answers, and for repeated ones', () => {
    fc.assert(
      fc.property(anyRoute(), fc.boolean(), fc.nat(), ({ policy: rules, answers, answered }, overdue, turn) => {
        const seen = answers.slice(0, answered);
        const turned = seen.map((_, index) => seen[(index + turn) % seen.length]!).reverse();
        const decision = decide(rules, seen, now(overdue));
        expect(decide(rules, turned, now(overdue))).toEqual(decision);
        expect(decide(rules, [...seen, ...turned], now(overdue))).toEqual(decision);
        if (decision.kind === 'decided') {
          expect(buildOutcome(rules, turned, decision, 10)).toEqual(buildOutcome(rules, seen, decision, 10));
        }
      }),
    );
  });

  it('never waits once everybody has answered or time is up', () => {
    fc.assert(
      fc.property(anyRoute(), ({ policy: rules, answers, answered }) => {
        expect(decide(rules, answers, now()).kind).toBe('decided');
        expect(decide(rules, answers.slice(0, answered), now(true)).kind).toBe('decided');
      }),
    );
  });

  it('ignores late answers, in the decision and in the outcome', () => {
    fc.assert(
      fc.property(anyRoute(), fc.boolean(), ({ policy: rules, answers, answered }, overdue) => {
        const seen = answers.slice(0, answered);
        const late = answers.slice(answered).map((answer) => ({ ...answer, late: true }));
        const decision = decide(rules, seen, now(overdue));
        expect(decide(rules, [...late, ...seen], now(overdue))).toEqual(decision);
        if (decision.kind === 'wait') return;
        expect(buildOutcome(rules, [...late, ...seen], decision, 10)).toEqual(buildOutcome(rules, seen, decision, 10));
      }),
    );
  });
});

/** Weights under which early decisions are common, so that the properties below have something to say. */
const anySettledWeights = fc.record({
  priority: fc.integer({ min: 0, max: 4000 }).map((value) => value / 1000),
  price: fc.integer({ min: 0, max: 600 }).map((value) => value / 1000),
  speed: fc.constantFrom(0, 0.15),
  commission: fc.constantFrom(0.01, 0.2),
  availability: fc.constantFrom(0, 0.25),
  reliability: fc.integer({ min: 0, max: 2000 }).map((value) => value / 1000),
});
const anyUnsettled = (weights = fc.oneof(anySettledWeights, fc.constant(SEED_WEIGHTS))) =>
  anyRoute(6, weights)
    .filter(({ answers, answered }) => answered < answers.length && answered > 0)
    .map(({ policy: rules, answers, answered }) => ({
      rules: { ...rules, quorum: { at: 1, strict: false } },
      seen: answers.slice(0, answered),
      rest: answers.slice(answered),
      missing: rules.expected.slice(answered),
    }));

describe('an unbeatable winner', () => {
  it('keeps winning whatever the outstanding providers still answer', () => {
    let fired = 0;
    fc.assert(
      fc.property(anyUnsettled(), fc.infiniteStream(fc.nat({ max: 3 })), ({ rules, seen, rest, missing }, choices) => {
        if (ruleOf(decide(rules, seen, now())) !== 'unbeatable') return;
        fired++;
        const winner = winnerOf(rules, seen);
        const dreams = missing.map(dreamQuote);
        const completions = [rest, dreams, ...dreams.map((dream) => [dream])];
        for (let round = 0; round < 10; round++) {
          completions.push(
            rest.flatMap((answer, index) => [[], [answer], [dreams[index]!], [answer]][choices.next().value!]!),
          );
        }
        for (const more of completions) expect(winnerOf(rules, [...seen, ...more])).toBe(winner);
      }),
      { numRuns: 2000 },
    );
    expect(fired).toBeGreaterThan(100);
  });

  it('keeps winning when prices creep down cent by cent', () => {
    fc.assert(
      fc.property(anyUnsettled(), fc.array(fc.integer({ min: 1, max: 5000 })), ({ rules, seen, missing }, prices) => {
        if (ruleOf(decide(rules, seen, now())) !== 'unbeatable') return;
        const winner = winnerOf(rules, seen);
        for (const cents of prices) {
          const cheap = missing.map(({ id }) => quoted(id, { itemsCents: cents, deliveryMinutes: { min: 0, max: 0 } }));
          expect(winnerOf(rules, [...seen, ...cheap])).toBe(winner);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is not held back in vain: while the route waits, some completion does change the winner', () => {
    let waited = 0;
    fc.assert(
      fc.property(anyUnsettled(), ({ rules: any, seen, missing }) => {
        const rules: Policy = { ...any, allowPartial: 'cheapest' };
        if (ruleOf(decide(rules, seen, now())) !== 'wait' || winnerOf(rules, seen) === null) return;
        waited++;
        const dreamt = [...seen, ...missing.map(dreamQuote)];
        const tooClose = leadOf(rules, seen) < 1e-5 || leadOf(rules, dreamt) < 1e-5;
        expect(tooClose || winnerOf(rules, dreamt) !== winnerOf(rules, seen)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(waited).toBeGreaterThan(100);
  });

  it('stays decided as further answers come in', () => {
    const anyMore = anyUnsettled().chain((route) =>
      fc.tuple(fc.constant(route), fc.tuple(...route.missing.map(({ id }) => anyAnswer(id)))),
    );
    fc.assert(
      fc.property(anyMore, ([{ rules, seen }, more]) => {
        const first = decide(rules, seen, now());
        if (ruleOf(first) !== 'unbeatable') return;
        const last = decide(rules, [...seen, ...more], now());
        expect(last.kind).toBe('decided');
        const before = buildOutcome(rules, seen, first as Decided, 10);
        const after = buildOutcome(rules, [...seen, ...more], last as Decided, 10);
        expect(after.winner?.providerId).toBe(before.winner?.providerId);
      }),
      { numRuns: 500 },
    );
  });
});
