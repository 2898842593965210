import type { Activity, Person } from '../solver/plan.js';

/**
 * Estimated energy requirement (EER) of the Institute of Medicine, "Dietary Reference Intakes for Energy, Carbohydrate, Fiber, Fat,
 * Fatty Acids, Cholesterol, Protein, and Amino Acids" (2005), chapter 5: from 3 years on. Height in metres, weight in kilograms. The
 * second trimester's 340 kcal stand for a pregnancy (the first adds none, the third 452), and 330 kcal for the first half year of
 * breast-feeding (then 400).
 */
const ACTIVITY_OF_ADULTS: Record<Person['sex'], Record<Activity, number>> = {
  male: { sedentary: 1, low_active: 1.11, active: 1.25, very_active: 1.48 },
  female: { sedentary: 1, low_active: 1.12, active: 1.27, very_active: 1.45 },
};
const ACTIVITY_OF_CHILDREN: typeof ACTIVITY_OF_ADULTS = {
  male: { sedentary: 1, low_active: 1.13, active: 1.26, very_active: 1.42 },
  female: { sedentary: 1, low_active: 1.16, active: 1.31, very_active: 1.56 },
};

export const ADULT_AGE = 19;
const EXTRA_KCAL = { pregnant: 340, lactating: 330 } as const;

/** What a person needs per day to keep the weight, in kcal. */
export function energyRequirementKcal({ ageYears, sex, heightCm, weightKg, activity, expecting }: Person): number {
  const extra = expecting === null ? 0 : EXTRA_KCAL[expecting];
  const metres = heightCm / 100;
  if (ageYears >= ADULT_AGE) {
    const factor = ACTIVITY_OF_ADULTS[sex][activity];
    const need =
      sex === 'male'
        ? 662 - 9.53 * ageYears + factor * (15.91 * weightKg + 539.6 * metres)
        : 354 - 6.91 * ageYears + factor * (9.36 * weightKg + 726 * metres);
    return need + extra;
  }
  const factor = ACTIVITY_OF_CHILDREN[sex][activity];
  const growth = ageYears < 9 ? 20 : 25;
  const need =
    sex === 'male'
      ? 88.5 - 61.9 * ageYears + factor * (26.7 * weightKg + 903 * metres)
      : 135.3 - 30.8 * ageYears + factor * (10 * weightKg + 934 * metres);
  return need + growth + extra;
}

/**
 * Protein in g per kg of body weight and day (Institute of Medicine, "Dietary Reference Intakes for Energy, Carbohydrate, Fiber, Fat, Fatty
 * Acids, Cholesterol, Protein, and Amino Acids", 2005, chapter 10): what half of all need (EAR) and what is enough for nearly all (RDA).
 * In pregnancy the figures are those of its second half, and while breast-feeding those of its whole time.
 */
export interface ProteinPerKg {
  required: number;
  recommended: number;
}
const ADULTS: ProteinPerKg = { required: 0.66, recommended: 0.8 };
const EXPECTING = {
  pregnant: { required: 0.88, recommended: 1.1 },
  lactating: { required: 1.05, recommended: 1.3 },
} as const;
/** Of completed years under each. */
const CHILDREN: readonly (ProteinPerKg & { under: number })[] = [
  { under: 4, required: 0.87, recommended: 1.05 },
  { under: 14, required: 0.76, recommended: 0.95 },
  { under: ADULT_AGE, required: 0.71, recommended: 0.85 },
];

export function proteinPerKg({ ageYears, expecting }: Pick<Person, 'ageYears' | 'expecting'>): ProteinPerKg {
  if (expecting !== null) return EXPECTING[expecting];
  return CHILDREN.find(({ under }) => ageYears < under) ?? ADULTS;
}

/** RDAs hold for reference weights; beyond this one, more weight does not ask for more protein. */
const MAX_REFERENCE_KG = 120;

export const referenceKg = ({ weightKg }: Pick<Person, 'weightKg'>): number => Math.min(weightKg, MAX_REFERENCE_KG);
