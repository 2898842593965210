import type { Person } from '../solver/plan.js';
import { ADULT_AGE } from './energy.js';

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
