import { ADULT, planRequest } from '../../../../test/support/plan-request.js';
import { shippedLibrary } from '../../nutrition/library.js';
import type { Person, PlanRequest } from '../solver/plan.js';
import { shortlistOf } from './shortlist.js';

const library = shippedLibrary();
const CHILD: Person = { ...ADULT, id: 'child', ageYears: 4, heightCm: 103, weightKg: 16.5 };
const listed = (changes: Partial<PlanRequest>) => shortlistOf(planRequest(changes), library);
const idsIn = (changes: Partial<PlanRequest>) =>
  new Set([...listed(changes).recipes.values()].flat().map(({ id }) => id));

describe('what those who eat along must not have', () => {
  it('is deli meat in pregnancy, for everybody at the table, and said', () => {
    const people = [
      { ...ADULT, expecting: 'pregnant' as const },
      { ...ADULT, id: 'p2' },
    ];
    expect(idsIn({}).has('turkey-sandwich')).toBe(true);
    expect(idsIn({ people }).has('turkey-sandwich')).toBe(false);
    expect(listed({ people }).notices).toContainEqual(
      expect.objectContaining({
        code: 'cautions',
        personId: 'p1',
        sentence: expect.stringContaining('deli meat') as string,
      }),
    );
  });

  it('is what chokes under five years, and not from five on', () => {
    const choking = [...library.recipes.values()].filter(({ cautions }) => cautions.includes('under5_choking'));
    expect(choking.length).toBeGreaterThan(50);
    const small = idsIn({ people: [ADULT, CHILD] });
    const five = idsIn({ people: [ADULT, { ...CHILD, ageYears: 5 }] });
    expect(choking.filter(({ id }) => small.has(id))).toEqual([]);
    expect(choking.some(({ id }) => five.has(id))).toBe(true);
  });

  it('is what chokes for a child that is not planned for, too, and the child is named', () => {
    const leftOut = [{ id: 'tot', ageYears: 3, place: 0 }];
    const { notices, targets } = listed({ leftOut });
    expect(targets.map(({ personId }) => personId)).toEqual(['p1']);
    expect(notices.map(({ code, personId }) => [code, personId])).toEqual([
      ['left_out', 'tot'],
      ['cautions', 'tot'],
    ]);
    expect(idsIn({ leftOut }).has('almond-butter-toast')).toBe(false);
  });

  it('leaves the place of each person in the caller’s list as it is', () => {
    const odd = { ...ADULT, weightKg: 154, heightCm: 130 };
    const { refusals } = listed({ people: [odd], leftOut: [{ id: 'tot', ageYears: 3, place: 0 }] });
    expect(refusals).toEqual([
      { pointer: '/people/1/weightKg', reason: expect.stringContaining('Were units mixed') as string },
    ]);
  });

  it.each([
    [180, 154, true],
    [130, 154, false],
    [175, 30, false],
    [250, 350, false],
    [103, 16, true],
  ])(
    'asks whether units were mixed at a body mass index over 50 or under 12: %d cm, %d kg',
    (heightCm, weightKg, isFine) => {
      expect(listed({ people: [{ ...ADULT, heightCm, weightKg }] }).refusals).toHaveLength(isFine ? 0 : 1);
    },
  );
});
