import { z } from 'zod';
import type { EventRow } from '../../events/event-row.js';
import { PlanSnapshot, RoutedCart } from './plan.dto.js';

const PLANS = { topic: 'plans.v1', version: 1, source: 'outbox' } as const;
const stepOf = <S extends z.ZodRawShape>(facts: S) => z.object({ id: z.string(), ...facts });
const ORIGINS = z.enum(['claude', 'solver']);

/** What plans announce: each step of the way, and how they end. */
export const PLANNING_EVENTS = {
  'plan.drafted': {
    ...PLANS,
    about: 'A model has proposed the meals, or it was settled that none will.',
    schema: stepOf({ origin: ORIGINS, draft: z.string().describe("'ok', or why days were not drafted by a model") }),
  },
  'plan.checked': {
    ...PLANS,
    about: 'Every day was held against the targets and rules.',
    schema: stepOf({ targets: z.int(), targetsMet: z.int() }),
  },
  'plan.repaired': {
    ...PLANS,
    about: 'What the draft had wrong was mended.',
    schema: stepOf({ repairs: z.int() }),
  },
  'plan.priced': {
    ...PLANS,
    about: 'The shopping list is there, in whole packs.',
    schema: stepOf({ totalCents: z.int().nullable(), knownCents: z.int(), unpricedFoods: z.array(z.string()) }),
  },
  'plan.routed': {
    ...PLANS,
    about: 'The shopping list was routed as a cart.',
    schema: stepOf({ route: RoutedCart, unavailableFoods: z.array(z.string()) }),
  },
  'plan.generated': { ...PLANS, about: 'The plan is there, with its proof.', schema: PlanSnapshot, terminal: true },
  'plan.failed': {
    ...PLANS,
    about: 'There is no plan; the reasons say what to change.',
    schema: PlanSnapshot,
    terminal: true,
  },
  'plan.cancelled': {
    ...PLANS,
    about: 'The caller cancelled the plan before it was made.',
    schema: PlanSnapshot,
    terminal: true,
  },
} as const satisfies Record<string, EventRow>;
