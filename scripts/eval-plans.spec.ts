import { shippedLibrary } from '../src/modules/nutrition/library.js';
import { makePlan } from '../src/modules/planning/make-plan.js';
import type { PlanOutcome } from '../src/modules/planning/plan.js';
import { evaluate } from './eval-plans.js';
import { householdOf } from './households.js';

/** Floors under what `npm run eval:plans` measures over more households; times are measured there and not asserted. */
describe('seeded households', () => {
  const report = evaluate({ profiles: 30, drafts: 6, households: 60 });

  it('have all their bands met where that is not proven impossible', () => {
    expect(report.planned + report.infeasible + report.refused + report.open.length).toBe(30);
    expect(report.planned).toBeGreaterThan(22);
    expect(report.shareOfFeasibleInsideAllBands).toBe(1);
    expect(report.meanEnergyError).toBeLessThan(0.05);
  });

  it('have proofs that their own rows give again', () => {
    expect(report.proofsThatDiffer).toBe(0);
  });

  it('eat different meals, within the usual costs', () => {
    expect(report.shareOfMealsDistinct).toBeGreaterThan(0.7);
    expect(report.centsPerPersonAndDay).toBeLessThan(1600);
  });

  it('keep a random draft as far as their bands allow', () => {
    expect(report.repair.planned).toBeGreaterThanOrEqual(4);
    expect(report.repair.mealsReplacedShare).toBeLessThan(0.9);
  });

  it('never get what they must not', () => {
    expect(report.allergens).toMatchObject({ households: 60, misses: 0 });
    expect(report.allergens.meals).toBeGreaterThan(200);
  });
});

/** Households by number for which serving one good day after the other leads nowhere: what it uses up is missed later. */
describe('households that can only just be planned for, or not at all', () => {
  const outcomeOf = (number: number) => makePlan(householdOf(number), shippedLibrary());

  it.each([497, 882, 717, 993])('get whole weeks within their repeats and budget (household %i)', (number) => {
    const outcome = outcomeOf(number);
    expect(outcome).toMatchObject({ kind: 'planned', proof: { violations: [] } });
  });

  it.each([
    [964, ['repeats']],
    [350, ['kcal', 'fat_g']],
  ])('have it proven that there are none (household %i)', (number, between) => {
    const { clashes } = outcomeOf(number) as Extract<PlanOutcome, { kind: 'clash' }>;
    expect(clashes).toMatchObject([{ isProven: true }]);
    expect(clashes[0]!.between).toEqual(expect.arrayContaining(between));
  });
});
