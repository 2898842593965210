import { planRequest } from '../../../../test/support/plan-request.js';
import { shippedLibrary } from '../../nutrition/library.js';
import { restsOvernight } from '../../nutrition/recipes.js';
import { shortlistOf } from '../needs/shortlist.js';
import { restingNotices, startedFresh } from './first-morning.js';
import { makePlan } from './make-plan.js';
import type { Plan, PlanRequest, Proof, Violation } from './plan.js';

const library = shippedLibrary();
const OATS = 'mango-overnight-oats';
const day = (date: string, breakfast: string) => ({
  date,
  meals: [{ slot: 'breakfast' as const, recipeId: breakfast, portions: [{ personId: 'p1', servings: 1 }] }],
});
const planOf = (...breakfasts: string[]): Plan => ({
  seed: 1,
  repeatLimit: 2,
  days: breakfasts.map((recipeId, index) => day(`2026-03-0${index + 2}`, recipeId)),
});
const PROOF: Proof = { rows: [], violations: [], costCents: 0, foods: {} };
const breakfastsOf = ({ days }: Plan) => days.map(({ meals }) => meals[0]!.recipeId);
const started = (plan: Plan, startsToday: boolean, prove: (one: Plan) => Proof = () => PROOF) =>
  breakfastsOf(startedFresh({ startsToday }, library, { plan, proof: PROOF }, prove).plan);

describe('the first morning of a plan', () => {
  const plan = planOf(OATS, 'peach-overnight-oats', 'minestrone');

  it('has nothing that rests overnight where the plan starts today', () => {
    expect(started(plan, true)).toEqual(['minestrone', 'peach-overnight-oats', OATS]);
  });

  it('may have it where there is an evening before', () => {
    expect(started(plan, false)).toEqual(breakfastsOf(plan));
  });

  it('stays where an exchange would break a rule, and says so', () => {
    const broken = { ...PROOF, violations: [{ rule: 'repeat' } as Violation] };
    expect(started(plan, true, () => broken)).toEqual(breakfastsOf(plan));
    expect(restingNotices({ startsToday: true }, plan, library)[0]!.sentence).toContain('Mango Overnight Oats rests');
    expect(restingNotices({ startsToday: false }, plan, library)).toEqual([]);
  });

  it('of a plan of one day is chosen from what rests for no night', () => {
    const resting = (changes: Partial<PlanRequest>) =>
      shortlistOf(planRequest(changes), library).recipes.get('breakfast')!.filter(restsOvernight).length;
    expect(resting({ days: 1, startsToday: true })).toBe(0);
    expect(resting({ days: 1 })).toBeGreaterThan(5);
    expect(resting({ days: 2, startsToday: true })).toBeGreaterThan(5);
  });

  it.each([4, 5, 6, 7])(
    'rests no night in a plan that is made: seed %i',
    (seed) => {
      const outcome = makePlan(planRequest({ days: 2, seed, startsToday: true }), library);
      if (outcome.kind !== 'planned') throw new Error(outcome.kind);
      expect(restsOvernight(library.recipes.get(breakfastsOf(outcome.plan)[0]!)!)).toBe(false);
      expect(outcome.notices.filter(({ code }) => code === 'rests_overnight')).toEqual([]);
    },
    60_000,
  );
});
