import fc from 'fast-check';
import { ADULT } from '../../../../test/support/plan-request.js';
import { shippedLibrary } from '../../nutrition/library.js';
import type { Person } from '../solver/plan.js';
import { energyRequirementKcal } from './energy.js';
import { targetsOf } from './targets.js';

const { intakes } = shippedLibrary();
const MAN: Person = { ...ADULT, sex: 'male', heightCm: 180, weightKg: 80 };

function targeted(person: Person) {
  const result = targetsOf(person, [], intakes, '/people/0');
  if (!result.ok) throw new Error(JSON.stringify(result.refusals));
  const bands = new Map(result.targets.bands.map((band) => [band.nutrient, band]));
  return { ...result, bands };
}
function refused(person: Person): string[] {
  const result = targetsOf(person, [], intakes, '/people/0');
  return result.ok ? [] : result.refusals.map(({ pointer }) => pointer);
}

describe('energy', () => {
  // Worked by hand from the formulas of IOM 2005, chapter 5.
  it.each([
    ['a woman of 30', ADULT, 354 - 6.91 * 30 + 1.12 * (9.36 * 60 + 726 * 1.65)],
    ['a man of 30', MAN, 662 - 9.53 * 30 + 1.11 * (15.91 * 80 + 539.6 * 1.8)],
    [
      'a boy of 8, growth included',
      { ...MAN, ageYears: 8, heightCm: 128, weightKg: 26 },
      88.5 - 61.9 * 8 + 1.13 * (26.7 * 26 + 903 * 1.28) + 20,
    ],
    [
      'a pregnant woman',
      { ...ADULT, expecting: 'pregnant' as const },
      354 - 6.91 * 30 + 1.12 * (9.36 * 60 + 726 * 1.65) + 340,
    ],
  ])('of %s follows the formula', (_who, person, kcal) => {
    expect(energyRequirementKcal(person)).toBeCloseTo(kcal, 6);
  });

  it('is held within 5 percent of the requirement', () => {
    const { bands, targets } = targeted(ADULT);
    expect(targets.energyKcal).toBe(Math.round(energyRequirementKcal(ADULT)));
    expect(bands.get('kcal')!.min! / targets.energyKcal).toBeCloseTo(0.95, 2);
    expect(bands.get('kcal')!.max! / targets.energyKcal).toBeCloseTo(1.05, 2);
  });
});

describe('targets', () => {
  it('hold energy, macronutrients, fibre and sodium for everybody', () => {
    const { bands } = targeted(MAN);
    expect([...bands.keys()].sort()).toEqual(
      ['carbohydrate_g', 'fat_g', 'fiber_g', 'kcal', 'protein_g', 'sodium_mg'].sort(),
    );
    expect(bands.get('protein_g')!.min).toBeGreaterThanOrEqual(0.8 * 80 - 0.1);
    expect(bands.get('sodium_mg')!.max).toBe(2300);
  });

  it.each([
    ['a woman', {}, 0.8 * 90],
    ['a pregnant woman', { expecting: 'pregnant' as const }, 1.1 * 90],
    ['a woman who breast-feeds', { expecting: 'lactating' as const }, 1.3 * 90],
    ['a girl of 12', { ageYears: 12, heightCm: 150, weightKg: 60 }, 0.95 * 60],
    ['a girl of 16', { ageYears: 16, weightKg: 80 }, 0.85 * 80],
  ])('give %s the protein that is recommended for her weight', (_who, change, grams) => {
    const person = { ...ADULT, weightKg: 90, ...change };
    expect(targeted(person).bands.get('protein_g')!.min).toBeGreaterThanOrEqual(Number(grams.toFixed(1)));
  });

  it('ask no less protein of pregnant people than half of them need', () => {
    const stated = { ...ADULT, targets: { protein_g: { max: 50 } } };
    expect(refused(stated)).toEqual([]);
    expect(refused({ ...stated, expecting: 'pregnant' })).toEqual(['/people/0/targets/protein_g']);
  });

  it('lower the energy of who wants to lose and say so when the floor stops it', () => {
    const light = { ...ADULT, heightCm: 150, weightKg: 48, ageYears: 70, activity: 'sedentary' as const };
    expect(targeted({ ...MAN, goal: 'lose' }).targets.energyKcal).toBe(Math.round(energyRequirementKcal(MAN) - 500));
    const { bands, notices } = targeted({ ...light, goal: 'lose' });
    expect(bands.get('kcal')!.min).toBeGreaterThanOrEqual(1200);
    expect(notices.map(({ code }) => code)).toContain('energy_adjusted');
  });

  it.each([
    ['a child', { ...ADULT, ageYears: 12, heightCm: 150, weightKg: 42 }],
    ['a pregnant woman', { ...ADULT, expecting: 'pregnant' as const }],
    ['somebody thin for the height', { ...ADULT, weightKg: 45 }],
  ])('plan no loss of weight for %s', (_who, person) => {
    const { notices } = targeted({ ...person, goal: 'lose' });
    expect(notices.map(({ code }) => code)).toContain('goal_adjusted');
  });

  it.each([
    ['a toddler', { ...ADULT, ageYears: 2 }, '/people/0/ageYears'],
    ['a pregnant man', { ...MAN, expecting: 'pregnant' as const }, '/people/0/expecting'],
    ['energy under the floor', { ...ADULT, targets: { kcal: { max: 900 } } }, '/people/0/targets/kcal'],
    ['too little protein', { ...ADULT, targets: { protein_g: { max: 20 } } }, '/people/0/targets/protein_g'],
    [
      'limits the wrong way round',
      { ...ADULT, targets: { fiber_g: { min: 40, max: 20 } } },
      '/people/0/targets/fiber_g',
    ],
    [
      'macronutrients that cannot add up to the energy',
      { ...ADULT, targets: { protein_g: { max: 60 }, fat_g: { max: 20 }, carbohydrate_g: { max: 60 } } },
      '/people/0/targets',
    ],
  ])('refuse %s and name the place', (_what, person, pointer) => {
    expect(refused(person)).toContain(pointer);
  });

  it('keep what is stated, within its tolerance', () => {
    const { bands } = targeted({ ...ADULT, targets: { kcal: { target: 2000 }, fiber_g: { min: 30 } } });
    expect(bands.get('kcal')).toMatchObject({ min: 1900, max: 2100, target: 2000, basis: 'stated' });
    expect(bands.get('fiber_g')).toMatchObject({ min: 30, max: null, basis: 'stated' });
  });

  it('never plan under the floor, whoever asks for whatever', () => {
    const person = fc.record({
      id: fc.constant('p'),
      sex: fc.constantFrom('female' as const, 'male' as const),
      ageYears: fc.integer({ min: 19, max: 100 }),
      heightCm: fc.integer({ min: 80, max: 250 }),
      weightKg: fc.integer({ min: 10, max: 350 }),
      activity: fc.constantFrom('sedentary' as const, 'low_active' as const, 'active' as const, 'very_active' as const),
      goal: fc.constantFrom('lose' as const, 'maintain' as const, 'gain' as const),
      expecting: fc.constant(null),
      targets: fc.oneof(fc.constant({}), fc.record({ kcal: fc.record({ target: fc.integer({ min: 0, max: 9000 }) }) })),
    });
    fc.assert(
      fc.property(person, (one) => {
        const result = targetsOf(one, [], intakes, '/people/0');
        if (!result.ok) return;
        const energy = result.targets.bands.find(({ nutrient }) => nutrient === 'kcal')!;
        expect(energy.min).toBeGreaterThanOrEqual(one.sex === 'male' ? 1500 : 1200);
        expect(energy.max!).toBeGreaterThanOrEqual(energy.min!);
      }),
      { numRuns: 500 },
    );
  });
});
