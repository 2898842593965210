import { z } from 'zod';
import { CURRENCIES } from '../../common/money.js';
import { isTimezone } from '../../common/clock.js';
import { idPattern } from '../../common/ids.js';
import { submission } from '../../platform/http/submission.js';
import { DIETS } from '../../vocabulary/diet-names.js';
import { Nutrient } from '../nutrition/nutrients.js';
import { ShippingAddress } from '../providers/provider.js';
import { LANGUAGES } from './clearing/words.js';
import { isPlannable, todayIn } from './calendar.js';
import { ACTIVITIES, GOALS, MAX_MEALS, MIN_MEALS, SLOTS } from './solver/plan.js';

/** What callers send. What they get is in plan.dto.ts. */
export const MAX_DAYS = 14;
const MAX_PEOPLE = 12;
export const MAX_AI_CENTS = 5;

const Word = z.string().trim().min(1).max(60);
const Amount = z.number().nonnegative().max(1_000_000);
const StatedTarget = z
  .strictObject({ target: Amount.optional(), min: Amount.optional(), max: Amount.optional() })
  .refine(({ target, min, max }) => target !== undefined || min !== undefined || max !== undefined, 'state something');

const Person = z.strictObject({
  id: z.string().min(1).max(40),
  ageYears: z.number().min(0).max(130),
  sex: z.enum(['female', 'male']),
  heightCm: z.number().min(30).max(300),
  weightKg: z.number().min(2).max(500),
  activity: z.enum(ACTIVITIES).default('low_active'),
  goal: z.enum(GOALS).default('maintain'),
  expecting: z.enum(['pregnant', 'lactating']).nullable().default(null),
  targets: z.partialRecord(Nutrient, StatedTarget).default({}),
});
const People = z
  .array(Person)
  .min(1)
  .max(MAX_PEOPLE)
  .refine(
    (people) => new Set(people.map(({ id }) => id)).size === people.length,
    'each person needs an id of their own',
  );

const Timezone = z.string().max(60).refine(isTimezone, 'a name of the IANA time zone database');

/** What is known of a household once and for all. */
export const household = {
  people: People,
  mealsPerDay: z.int().min(MIN_MEALS).max(MAX_MEALS).default(3),
  diets: z
    .array(Word)
    .max(10)
    .default([])
    .describe(`any of ${DIETS.join(', ')}, as people say them; another word is refused with 422`),
  allergens: z.array(Word).max(20).default([]),
  dislikes: z.array(Word).max(50).default([]),
  micronutrients: z.array(Nutrient).max(10).default([]),
  maxMinutes: z.int().min(5).max(600).nullable().default(null),
};

/** How often a recipe may come again. */
export const repetition = {
  maxRepeats: z
    .int()
    .min(1)
    .max(14)
    .nullable()
    .default(null)
    .describe('repeats.perWeek, as it was called before; beside it, it says the same or is refused'),
  repeats: z
    .strictObject({ perWeek: z.int().min(1).max(14).optional(), daysRunning: z.boolean().optional() })
    .optional()
    .describe('of one recipe: at most twice a week and never on two days running, where nothing else is said'),
};
type Repetition = z.infer<z.ZodObject<typeof repetition>>;
export const saysOneNumber = ({ maxRepeats, repeats }: Repetition) =>
  maxRepeats === null || (repeats?.perWeek ?? maxRepeats) === maxRepeats;
export const SAYS_TWO = { message: 'repeats.perWeek says another number: state one of them', path: ['maxRepeats'] };

export const Intake = z
  .strictObject({
    ...household,
    days: z.int().min(1).max(MAX_DAYS).default(7),
    budgetCents: z.int().min(1).max(10_000_000).nullable().default(null),
    timezone: Timezone.optional().describe('whose today is meant, where a plan names no other; UTC by default'),
  })
  .meta({ id: 'Intake' });
export type Intake = z.infer<typeof Intake>;

/** A caller's own name for the person a plan is for. */
export const UserReference = z.string().regex(/^[\x21-\x7e]{1,128}$/, '1 to 128 printable characters');

/** Whoever names no user has one household of their own. */
export const OWN_USER = 'self';

/** Where shops clear something is asked of there. */
const Near = z
  .union([
    z.strictObject({ postalCode: z.string().trim().min(3).max(12) }),
    z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
    z.strictObject({ address: z.string().trim().min(4).max(200).describe('of which the postal code is read') }),
  ])
  .describe('from where one sets out');

const Clearances = z
  .strictObject({
    near: Near,
    radiusKm: z.number().gt(0).max(50).default(5),
    maxStops: z.int().min(1).max(5).default(2),
    perKmCents: z.int().min(0).max(10_000).default(200).describe('what a km of the way costs'),
    perHourCents: z
      .int()
      .min(0)
      .max(1_000_000)
      .default(0)
      .describe('what an hour of the way and at the shops is worth'),
    freeze: z.boolean().default(false).describe('what may be frozen is, on the day on which it is bought'),
    chains: z.array(z.string().trim().min(1).max(40)).min(1).max(20).optional(),
    keepsDays: z
      .record(z.string().min(1).max(60), z.int().min(0).max(365))
      .default({})
      .describe('by food, the days after the purchase for which it keeps, over what is assumed'),
    language: z.enum(LANGUAGES).default('en').describe('of the sentences and tips'),
  })
  .describe('buys what shops near there clear, where the trip pays');

export const CreatePlan = z
  .strictObject({
    ...household,
    /** Left out: the stored intake of `user`. */
    people: People.optional(),
    mealsPerDay: household.mealsPerDay.unwrap().optional(),
    diets: household.diets.unwrap().optional(),
    allergens: household.allergens.unwrap().optional(),
    dislikes: household.dislikes.unwrap().optional(),
    micronutrients: household.micronutrients.unwrap().optional(),
    maxMinutes: household.maxMinutes.unwrap().optional(),
    days: z.int().min(1).max(MAX_DAYS).optional(),
    budgetCents: z
      .int()
      .min(1)
      .max(10_000_000)
      .nullable()
      .optional()
      .describe('what the whole list may cost, in whole packs at catalogue prices'),
    countLeftovers: z.boolean().default(false).describe('takes what is left over and keeps off what the budget bounds'),
    pantryStaples: z.boolean().default(false).describe('salt, oil, spices and flour are at home: they are not bought'),
    user: UserReference.optional(),
    startsOn: z.iso.date().optional().describe('today by default; from yesterday to 366 days ahead'),
    timezone: Timezone.optional().describe(
      'whose today is meant, e.g. America/Denver; by default the stored intake’s, or else UTC',
    ),
    pantry: z
      .array(z.strictObject({ food: Word, grams: z.number().positive().max(100_000) }))
      .max(100)
      .default([]),
    ...repetition,
    portions: z
      .strictObject({ least: z.number().min(0.1).max(1).optional(), most: z.number().min(1).max(4).optional() })
      .optional()
      .describe("shares of the usual serving; 0.5 to 1.7 of each person's, where nothing else is said"),
    seed: z.int().min(0).max(2_147_483_647).optional(),
    maxAiCostCents: z.number().min(0).max(MAX_AI_CENTS).default(MAX_AI_CENTS),
    currency: z.enum(CURRENCIES).optional().describe('of all its money; USD by default, DKK with clearances'),
    clearances: Clearances.optional(),
    route: z.strictObject({ shippingAddress: ShippingAddress, quorum: z.int().min(1).max(20).optional() }).optional(),
    deadlineMs: z.int().min(1000).max(120_000).optional(),
    ...submission,
  })
  .refine((body) => body.people !== undefined || body.user !== undefined, {
    message: 'name the people, or the user whose stored intake to use',
    path: ['people'],
  })
  .refine(saysOneNumber, SAYS_TWO)
  .refine(({ clearances, currency }) => !clearances || (currency ?? 'DKK') === 'DKK', {
    message: 'what is cleared is sold in DKK, and a plan has one currency',
    path: ['currency'],
  })
  .refine(({ clearances, currency, route }) => !route || (!clearances && currency !== 'DKK'), {
    message: 'no shop that is asked for quotes sells in DKK: leave route out, or the currency and clearances',
    path: ['route'],
  })
  .refine(({ startsOn, timezone }) => startsOn === undefined || isPlannable(startsOn, todayIn(timezone)), {
    message: 'from yesterday to 366 days ahead',
    path: ['startsOn'],
  })
  .meta({ id: 'CreatePlan' });
export type CreatePlan = z.infer<typeof CreatePlan>;

export const CreatePlanOptions = z.strictObject({
  validateOnly: z
    .enum(['true', 'false'])
    .optional()
    .describe('true: only say what would be held, and what would be read, adjusted or left out; nothing is accepted'),
});
export type CreatePlanOptions = z.infer<typeof CreatePlanOptions>;

export const PLAN_STATUSES = ['open', 'completed', 'failed', 'cancelled'] as const;
export type PlanStatus = (typeof PLAN_STATUSES)[number];

/** Without a recipe: the next one that suits. */
export const RoutePlan = z
  .strictObject({ shippingAddress: ShippingAddress, quorum: z.int().min(1).max(20).optional() })
  .meta({ id: 'RoutePlan' });
export type RoutePlan = z.infer<typeof RoutePlan>;

export const SwapMeal = z
  .strictObject({ date: z.iso.date(), slot: z.enum(SLOTS), recipeId: z.string().min(1).max(120).optional() })
  .meta({ id: 'SwapMeal' });
export type SwapMeal = z.infer<typeof SwapMeal>;

/** What one meal of a plan may become. */
export const ListSwaps = z.strictObject({
  date: z.iso.date(),
  slot: z.enum(SLOTS),
  limit: z.coerce.number().int().min(1).max(20).default(8),
});
export type ListSwaps = z.infer<typeof ListSwaps>;

export const ListPlans = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().regex(idPattern('plan')).optional(),
  reference: z.string().max(128).optional(),
  status: z.enum(PLAN_STATUSES).optional(),
});
export type ListPlans = z.infer<typeof ListPlans>;
