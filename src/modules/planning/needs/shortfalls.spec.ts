import { ADULT, planRequest } from '../../../../test/support/plan-request.js';
import { shippedLibrary } from '../../nutrition/library.js';
import { shortfallsOf } from './shortfalls.js';

const library = shippedLibrary();
const planOf = (recipeId: string, servings: number) => ({
  days: [
    { date: '2026-03-02', meals: [{ slot: 'lunch' as const, recipeId, portions: [{ personId: 'p1', servings }] }] },
  ],
});
const sentences = (recipeId: string, servings: number, request = planRequest()) =>
  shortfallsOf(planOf(recipeId, servings), request, library).map(({ sentence }) => sentence);

describe('what a plan gives too little of', () => {
  it('is told by nutrient, with a supplement where the foods hardly have it', () => {
    const told = sentences('lemon-herb-tofu-rice-bowl', 4);
    expect(told.find((one) => one.startsWith('Vitamin B12'))).toMatch(/at least 0 %|comes to 0 %/);
    expect(told.find((one) => one.startsWith('Vitamin B12'))).toContain('supplement');
    expect(told.at(-1)).toContain('Iodine');
  });

  it('goes with what it gives very much of, to grown people: protein beyond all need', () => {
    const told = (servings: number, ageYears: number) =>
      sentences('lemon-herb-chicken-quinoa-bowl', servings, planRequest({ people: [{ ...ADULT, ageYears }] })).filter(
        (one) => one.startsWith('Protein'),
      );
    expect(told(5, 40)).toEqual([
      expect.stringMatching(/^Protein comes to \d+ g a day, [2-5](\.\d)? g per kg .+ 0\.8 g is/),
    ]);
    expect(told(2, 40)).toEqual([]);
    expect(told(5, 12)).toEqual([]);
  });

  it.each([
    ['pregnant' as const, '1.1 g is recommended in pregnancy (RDA, IOM 2005)'],
    ['lactating' as const, '1.3 g is recommended while breast-feeding (RDA, IOM 2005)'],
  ])('measures very much protein by what %s people are recommended', (expecting, words) => {
    const request = planRequest({ people: [{ ...ADULT, expecting }] });
    expect(sentences('lemon-herb-chicken-quinoa-bowl', 5, request).join()).toContain(words);
  });

  it('is not told of what is held, nor of what suffices', () => {
    const held = planRequest({
      micronutrients: ['vitamin_b12_ug'],
      people: [{ ...ADULT, targets: { vitamin_d_ug: { min: 1 } } }],
    });
    expect(sentences('lemon-herb-tofu-rice-bowl', 4, held).filter((one) => one.startsWith('Vitamin'))).toEqual([]);
    expect(
      sentences('sheet-pan-salmon-with-potatoes-and-broccoli', 2).filter((one) => one.startsWith('Vitamin')),
    ).toEqual([]);
  });
});
