import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedLibrary } from '../src/modules/nutrition/library.js';
import { shortfallsOf } from '../src/modules/planning/needs/shortfalls.js';
import { resourceOf } from '../src/modules/planning/plan.resource.js';
import { requestOf } from '../src/modules/planning/plan-request.js';
import { CreatePlan } from '../src/modules/planning/planning.dto.js';
import { planAs } from '../src/modules/planning/reading/plan-page.js';
import { makePlan } from '../src/modules/planning/solver/make-plan.js';
import { priced } from '../src/modules/planning/solver/shopping/packs.js';
import { shoppingListOf } from '../src/modules/planning/solver/shopping/shopping-list.js';

/** `npm run examples`: ten plans as people would get them, into docs/examples, made by the solver alone; the same each time. */
const STARTS_ON = '2026-11-30';
const SEED = 7;
const adult = (id: string, beside: object = {}) => ({
  id,
  ageYears: 34,
  sex: 'female',
  heightCm: 168,
  weightKg: 66,
  ...beside,
});
const MAN = { sex: 'male', heightCm: 180, weightKg: 82, ageYears: 36 };

const HOUSEHOLDS: Readonly<Record<string, object>> = {
  'student-80-dollars': {
    people: [adult('sam', { ageYears: 21, sex: 'male', heightCm: 178, weightKg: 70 })],
    days: 7,
    budgetCents: 8000,
    pantryStaples: true,
  },
  'family-with-toddler': {
    people: [
      adult('mum'),
      adult('dad', MAN),
      { id: 'kid', ageYears: 8, sex: 'female', heightCm: 128, weightKg: 26 },
      { id: 'tot', ageYears: 3, sex: 'male', heightCm: 96, weightKg: 14.5 },
    ],
    days: 2,
  },
  'pregnant-five-meals': {
    people: [adult('eva', { ageYears: 31, expecting: 'pregnant' })],
    days: 2,
    mealsPerDay: 5,
    micronutrients: ['iron_mg', 'folate_dfe_ug', 'calcium_mg'],
  },
  'vegan-couple': { people: [adult('ida'), adult('max', MAN)], days: 3, diets: ['vegan'] },
  'low-fodmap': { people: [adult('kim')], days: 3, diets: ['low fodmap'] },
  'halal-no-nuts': { people: [adult('amina'), adult('omar', MAN)], days: 2, diets: ['halal'], allergens: ['nuts'] },
  'pescatarian-no-greens': { people: [adult('lea')], days: 3, diets: ['pescatarian'], dislikes: ['greens', 'beans'] },
  'quick-lunches-and-dinners': { people: [adult('ben', MAN)], days: 3, mealsPerDay: 2, maxMinutes: 25 },
  'athlete-of-sixteen': {
    people: [{ id: 'ali', ageYears: 16, sex: 'male', heightCm: 182, weightKg: 74, activity: 'very_active' }],
    days: 2,
    mealsPerDay: 5,
  },
  'eighty-with-protein': {
    people: [
      adult('ruth', {
        ageYears: 80,
        heightCm: 158,
        weightKg: 58,
        activity: 'sedentary',
        targets: { protein_g: { min: 70 } },
      }),
    ],
    days: 3,
    mealsPerDay: 4,
  },
};

const library = shippedLibrary();
/** A plan that is made has no place in any queue. */
const NO_LOAD = { waiting: 0, atOnce: 1, pace: null };
const FOLDER = join(process.cwd(), 'docs', 'examples');

function printed(name: string, asked: object): string {
  const body = CreatePlan.parse({ startsOn: STARTS_ON, seed: SEED, ...asked });
  const { plan: request } = requestOf(body, null, { today: STARTS_ON, seed: SEED })!; // people are named
  const outcome = makePlan(request, library);
  if (outcome.kind !== 'planned') throw new Error(`${name}: ${outcome.kind}`);
  const { plan, proof, notices } = outcome;
  const made = new Date(`${STARTS_ON}T00:00:00Z`);
  const shoppingList = priced(shoppingListOf(plan, request, library), library.prices);
  const all = [...notices, ...shortfallsOf(plan, request, library)];
  const row = {
    id: 'plan_example',
    status: 'completed' as const,
    reference: null,
    metadata: {},
    traceparent: '',
    swappedFrom: null,
    timezone: null,
    currency: null,
    heldUntil: null,
    createdAt: made,
    startedAt: made,
    deadlineAt: made,
    closedAt: made,
    plan,
    proof,
    outcome: {
      origin: 'solver' as const,
      receipt: null,
      failure: null,
      repairs: [],
      notices: all,
      clashes: [],
      shoppingList,
    },
  };
  return planAs('text/markdown', resourceOf(row, library, NO_LOAD)).text;
}

mkdirSync(FOLDER, { recursive: true });
for (const [name, asked] of Object.entries(HOUSEHOLDS)) {
  const text = printed(name, asked);
  writeFileSync(join(FOLDER, `${name}.md`), text);
  console.log(`${name}: ${text.length} characters`);
}
