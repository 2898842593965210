import { evaluate } from './eval-matching.js';

/** Floors under what `npm run eval:matching` measures; times are measured there and not asserted. */
describe('the judged shopper queries', () => {
  const report = evaluate();

  it('buys a product of the best grade for nine of ten and more, in every split', () => {
    expect(report.cases).toBeGreaterThan(500);
    expect(report.precisionAt1).toBeGreaterThanOrEqual(0.95);
    expect(report.precisionAt1OfTest).toBeGreaterThanOrEqual(0.9);
    expect(report.ndcgAt10).toBeGreaterThanOrEqual(0.9);
  });

  it('never buys against a diet or an allergen', () => {
    expect(report.wrongDiet).toMatchObject({ count: 0 });
    expect(report.wrongAllergen).toMatchObject({ count: 0 });
    expect(report.wrongDiet.served).toBeGreaterThan(200);
    expect(report.wrongAllergen.served).toBeGreaterThan(4000);
  });

  it('covers the size asked for without needless leftovers', () => {
    expect(report.wrongSize.served).toBeGreaterThan(700);
    expect(report.wrongSize.share).toBeLessThanOrEqual(0.01);
  });

  it('leaves a gap, asks back or marks a substitute where the store has nothing of the best grade', () => {
    expect(report.honestGaps).toMatchObject({ share: 1 });
  });
});
