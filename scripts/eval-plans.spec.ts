import { evaluate } from './eval-plans.js';

/** Floors under what `npm run eval:plans` measures over more households; times are measured there and not asserted. */
describe('seeded households', () => {
  const report = evaluate({ profiles: 30, drafts: 6, households: 60 });

  it('have all their bands met where that is not proven impossible', () => {
    expect(report.planned + report.infeasible + report.refused + report.open.length).toBe(30);
    expect(report.planned).toBeGreaterThan(22);
    expect(report.shareOfFeasibleInsideAllBands).toBeGreaterThanOrEqual(0.95);
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
