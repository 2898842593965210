import type { CreatePlan } from '../../sdk/client.js';

/** Two adults whose targets our recipes can meet. */
export const HOUSEHOLD = {
  people: [
    { id: 'ann', ageYears: 35, sex: 'female', heightCm: 168, weightKg: 65, activity: 'low_active' },
    { id: 'bob', ageYears: 36, sex: 'male', heightCm: 180, weightKg: 80, activity: 'low_active' },
  ],
  days: 3,
  mealsPerDay: 3,
} satisfies CreatePlan;
