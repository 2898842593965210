import type { Person, PlanRequest } from '../../src/modules/planning/solver/plan.js';

/** Whom our recipes suit. */
export const ADULT: Person = {
  id: 'p1',
  sex: 'female',
  ageYears: 30,
  heightCm: 165,
  weightKg: 60,
  activity: 'low_active',
  goal: 'maintain',
  expecting: null,
  targets: {},
};

/** What the solver is asked: a week of three meals a day for one adult with nothing in the way, but for `changes`. */
export const planRequest = (changes: Partial<PlanRequest> = {}): PlanRequest => ({
  startsOn: '2026-03-02',
  days: 7,
  mealsPerDay: 3,
  people: [ADULT],
  diets: [],
  allergens: [],
  dislikes: [],
  pantry: [],
  budgetCents: null,
  maxMinutes: null,
  micronutrients: [],
  maxRepeats: null,
  unavailableFoods: [],
  seed: 1,
  ...changes,
});
