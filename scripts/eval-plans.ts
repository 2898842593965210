import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { randomOf } from '../src/common/random.js';
import { avoidedBy } from '../src/vocabulary/allergens.js';
import { mayHold } from '../src/modules/nutrition/allergens.js';
import { shippedLibrary } from '../src/modules/nutrition/library.js';
import { kinOf } from '../src/modules/planning/solver/kitchen/kin.js';
import { makePlan } from '../src/modules/planning/solver/make-plan.js';
import type { DraftPlan, Plan, PlanOutcome, PlanRequest } from '../src/modules/planning/solver/plan.js';
import { provePlan } from '../src/modules/planning/solver/proof/plan-rules.js';
import { beyondPlate } from '../src/modules/planning/solver/kitchen/servings.js';
import { shortlistOf } from '../src/modules/planning/needs/shortlist.js';
import { boughtFor, eatenBy, swapsOf, weeksOf, type Planned, type Swaps } from './eval-answers.js';
import { ALLERGEN_WORDS, householdOf } from './households.js';
import { standInDrafts } from './stand-in-drafts.js';

/**
 * Seeded households against what the solver makes of them: plans of its own days, plans of the days that a stand-in for a model drafts,
 * drafts of 14 days picked at random from the shortlist and repaired, and households with allergens, whose plans are searched for
 * what they must not hold.
 */
export interface Sizes {
  /** For each plan; 4,000, as a thread has, where nothing is said. */
  mostMs?: number;
  profiles: number;
  drafts: number;
  households: number;
}

interface Seconds {
  plans: number;
  p50: number;
  p95: number;
  max: number;
  cpuP50: number;
  cpuP95: number;
  cpuMax: number;
}

/** Of the same households, with drafts or without. */
export interface Plans {
  planned: number;
  /** Clashes that are proven: no recipes in any portions can do it. */
  infeasible: number;
  refused: number;
  /** All bands met, but dearer than the budget in whole packs: the nearest is offered. */
  tooDear: number;
  /** Neither planned nor proven infeasible nor too dear, by number. */
  open: number[];
  /** Planned among all that are not proven infeasible or refused. */
  shareOfFeasibleInsideAllBands: number;
  /** Every proof again from the plan's own rows, after a way through JSON: how many differ. */
  proofsThatDiffer: number;
  /** Of people's days: |energy - target| / target. */
  meanEnergyError: number;
  /** Of weeks of seven days: different recipes, and their share of the meals. */
  distinctMealsPerWeek: number;
  shareOfMealsDistinct: number;
  /** Two dishes of one day that are made of much the same. */
  shareOfDaysWithDishesAlike: number;
  /** More than one and a half plates. */
  shareOfPortionsHeaped: number;
  /** Under 50 or over 170 % of the person's usual serving of the dish; and of the recipe's own, whoever eats it. */
  shareOfPortionsUnusual: number;
  shareOfPortionsUnlikeTheRecipe: number;
  /** Plans that were let off something, by what. */
  eased: Readonly<Record<string, number>>;
  /** Weeks with a recipe more than twice; and days with one of the day before. */
  shareOfWeeksRepeating: number;
  shareOfDaysRunningOn: number;
  /** Of one swap in each plan: made; and of those, with all other meals within 15 % and recipes as they were. */
  swaps: Swaps;
  /** Of plans: the list's sum known; of those with a budget, held in whole packs. */
  shareOfListsKnown: number;
  shareOfBudgetsHeld: number;
  /** Bought in another form than its figures are of. */
  wrongForms: number;
  repeatsRaised: number;
  centsPerPersonAndDay: number;
  /** Of plans of 7 and of 14 days, without the model's own time: by the clock, and of the processor alone. */
  seconds: Seconds;
  secondsOf14Days: Seconds;
}

export interface Report {
  profiles: number;
  solverOnly: Plans;
  withStandIn: Plans & {
    drafted: number;
    mealsReplacedShare: number;
    aiCentsMean: number;
    aiCentsP95: number;
    aiCentsMax: number;
  };
  /** In milliseconds: by the clock, and of the processor alone, which other work on the machine does not change. */
  repair: {
    drafts: number;
    planned: number;
    msP50: number;
    msP95: number;
    msMax: number;
    cpuMsP50: number;
    cpuMsP95: number;
    mealsReplacedShare: number;
  };
  allergens: { households: number; meals: number; misses: number };
}

const library = shippedLibrary();
const kin = kinOf(library);
const DRAFTED_DAYS = 14;
const HEAPED = 0.5;

export async function evaluate(sizes: Sizes): Promise<Report> {
  mostMs = sizes.mostMs ?? mostMs;
  const requests = Array.from({ length: sizes.profiles }, (_, number) => householdOf(number));
  const drafts = await standInDrafts(requests, library);
  const drafted = requests.map((request, at) => ({
    request,
    ...timed(() => makePlan(request, library, drafts[at]!.draft, inTime())),
  }));
  const paid = drafts.filter(({ draft }) => draft !== null).map(({ cents }) => cents);
  return {
    profiles: requests.length,
    solverOnly: plansOf(
      requests.map((request) => ({ request, ...timed(() => makePlan(request, library, null, inTime())) })),
    ),
    withStandIn: {
      ...plansOf(drafted),
      drafted: paid.length,
      mealsReplacedShare: replacedShare(drafted),
      aiCentsMean: mean(paid),
      aiCentsP95: at(paid, 0.95),
      aiCentsMax: at(paid, 1),
    },
    repair: repairs(sizes.drafts),
    allergens: allergens(sizes.households),
  };
}

/** As long as a thread has for it, by the processor's time: what else the machine does must not change what is found. */
function inTime(): () => boolean {
  const before = process.cpuUsage();
  return () => cpuMsSince(before) > mostMs;
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
let mostMs = 4000;

interface Made {
  request: PlanRequest;
  outcome: PlanOutcome;
  ms: number;
  cpuMs: number;
}

function secondsFor(made: readonly Made[], days: number): Seconds {
  const ofDays = made.filter(({ request }) => request.days === days);
  const [seconds, cpu] = [ofDays.map(({ ms }) => ms / 1000), ofDays.map(({ cpuMs }) => cpuMs / 1000)];
  const [p50, p95, max] = [0.5, 0.95, 1].map((part) => at(seconds, part)) as [number, number, number];
  const [cpuP50, cpuP95, cpuMax] = [0.5, 0.95, 1].map((part) => at(cpu, part)) as [number, number, number];
  return { plans: ofDays.length, p50, p95, max, cpuP50, cpuP95, cpuMax };
}

function plansOf(made: readonly Made[]): Plans {
  const planned = made.flatMap(({ request, outcome }) => (outcome.kind === 'planned' ? [{ request, ...outcome }] : []));
  const infeasible = made.filter(
    ({ outcome }) => outcome.kind === 'clash' && outcome.clashes.every((one) => one.isProven),
  );
  const refused = made.filter(({ outcome }) => outcome.kind === 'refused').length;
  const tooDear = made.filter((one) => !infeasible.includes(one) && isOnlyTooDear(one.outcome));
  const open = made.filter(
    (one) => one.outcome.kind === 'clash' && !infeasible.includes(one) && !tooDear.includes(one),
  );
  const energy = planned.flatMap(({ proof }) => proof.rows.filter(({ nutrient }) => nutrient === 'kcal'));
  const weeks = planned.flatMap(({ plan }) => weeksOf(plan));
  const days = planned.flatMap(({ plan }) => plan.days);
  const portions = days.flatMap(({ meals }) =>
    meals.flatMap(({ slot, recipeId, portions: all }) =>
      all.map(({ servings }) => beyondPlate(library.recipes.get(recipeId)!, slot, servings)),
    ),
  );
  const eaten = planned.reduce((sum, { request }) => sum + request.days * request.people.length, 0);
  return {
    planned: planned.length,
    infeasible: infeasible.length,
    refused,
    tooDear: tooDear.length,
    open: open.map(({ request }) => request.seed),
    shareOfFeasibleInsideAllBands: planned.length / (planned.length + open.length),
    proofsThatDiffer: planned.filter((one) => !isProofTheSame(one)).length,
    meanEnergyError: mean(energy.map(({ error }) => Math.abs(error))),
    distinctMealsPerWeek: mean(weeks.map((ids) => new Set(ids).size)),
    shareOfMealsDistinct: mean(weeks.map((ids) => new Set(ids).size / ids.length)),
    shareOfDaysWithDishesAlike: days.filter(hasAlike).length / days.length,
    shareOfPortionsHeaped: portions.filter((beyond) => beyond > HEAPED).length / portions.length,
    repeatsRaised: planned.filter(({ notices }) => notices.some(({ code }) => code === 'repeats_raised')).length,
    ...eatenBy(planned),
    ...boughtFor(planned),
    swaps: swapsOf(planned),
    centsPerPersonAndDay: planned.reduce((sum, { proof }) => sum + (proof.costCents ?? 0), 0) / eaten,
    seconds: secondsFor(made, 7),
    secondsOf14Days: secondsFor(made, 14),
  };
}

function hasAlike({ meals }: Plan['days'][number]): boolean {
  const recipes = meals.map(({ recipeId }) => library.recipes.get(recipeId)!);
  return recipes.some((one) => recipes.some((other) => kin.get(one)!.has(other)));
}

const isOnlyTooDear = (outcome: PlanOutcome): boolean =>
  outcome.kind === 'clash' &&
  outcome.nearest !== null &&
  outcome.nearest.proof.violations.every(({ rule }) => rule === 'budget');

function timed<T>(make: () => T): { outcome: T; ms: number; cpuMs: number } {
  const start = performance.now();
  const before = process.cpuUsage();
  const outcome = make();
  return { outcome, ms: performance.now() - start, cpuMs: cpuMsSince(before) };
}

function isProofTheSame({ request, plan, proof }: { request: PlanRequest } & Planned): boolean {
  const stored = JSON.parse(JSON.stringify(plan)) as Plan;
  const again = provePlan(request, shortlistOf(request, library).targets, stored, library);
  return JSON.stringify(again) === JSON.stringify(proof);
}

/** Drafts as a careless model makes them: any recipe of the shortlist, one serving a person. */
function repairs(drafts: number): Report['repair'] {
  const made = Array.from({ length: drafts }, (_, number) => {
    const request = { ...householdOf(number), days: DRAFTED_DAYS, budgetCents: null, maxRepeats: null };
    const draft = draftFor(request);
    return timed(() => makePlan(request, library, draft, inTime()));
  });
  const planned = made.filter(({ outcome }) => outcome.kind === 'planned');
  const [times, cpuTimes] = [planned.map(({ ms }) => ms), planned.map(({ cpuMs }) => cpuMs)];
  return {
    drafts,
    planned: times.length,
    msP50: at(times, 0.5),
    msP95: at(times, 0.95),
    msMax: at(times, 1),
    cpuMsP50: at(cpuTimes, 0.5),
    cpuMsP95: at(cpuTimes, 0.95),
    mealsReplacedShare: replacedShare(made),
  };
}

/** Of the meals of plans, those that are not as drafted but for their portions. */
function replacedShare(made: readonly { outcome: PlanOutcome }[]): number {
  const planned = made.flatMap(({ outcome }) => (outcome.kind === 'planned' ? [outcome] : []));
  return mean(
    planned.map(
      ({ repairs: all, plan }) =>
        all.filter(({ kind }) => kind !== 'portion').length / plan.days.flatMap(({ meals }) => meals).length,
    ),
  );
}

function draftFor(request: PlanRequest): DraftPlan {
  const random = randomOf(request.seed);
  const { recipes } = shortlistOf(request, library);
  const days = Array.from({ length: request.days }, (_, index) => ({
    date: new Date(Date.parse(request.startsOn) + index * 86_400_000).toISOString().slice(0, 10),
    meals: [...recipes].flatMap(([slot, all]) => {
      const recipe = all[Math.floor(random() * all.length)];
      return recipe ? [{ slot, recipeId: recipe.id, servings: request.people.length }] : [];
    }),
  }));
  return { days };
}

function allergens(households: number): Report['allergens'] {
  let [meals, misses] = [0, 0];
  for (let number = 0; number < households; number++) {
    const household = householdOf(1_000_000 + number);
    const random = randomOf(number);
    const words = ALLERGEN_WORDS.filter(() => random() < 2 / ALLERGEN_WORDS.length);
    const request = {
      ...household,
      days: 1 + (number % 2),
      allergens: words.length > 0 ? words : [ALLERGEN_WORDS[0]!],
    };
    const outcome = makePlan(request, library, null, inTime());
    if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome));
    const plan = outcome.kind === 'planned' ? outcome.plan : outcome.nearest?.plan;
    for (const { recipeId } of plan?.days.flatMap((day) => day.meals) ?? []) {
      meals++;
      if (request.allergens.some((word) => isIn(word, recipeId))) misses++;
    }
  }
  return { households, meals, misses };
}

/** By the facts of each food. */
function isIn(word: string, recipeId: string): boolean {
  const read = avoidedBy(word);
  if (!read.ok) throw new Error(`"${word}" is no word for an allergen`);
  return library.recipes.get(recipeId)!.ingredients.some(({ food }) => mayHold(read.ids, food));
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
const at = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(part * (values.length - 1))] ?? 0;

async function main(): Promise<void> {
  const [profiles = 1000, drafts = 300, households = 10_000] = process.argv.slice(2).map(Number);
  await evaluate({ profiles: 20, drafts: 5, households: 0 }); // once to warm up, so that the times are those of a running worker
  const from = process.cpuUsage();
  const report = await evaluate({ profiles, drafts, households });
  const { user, system } = process.cpuUsage(from);
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e4) / 1e4 : value);
  const machine = { cpuSeconds: (user + system) / 1e6, loadAverage: loadavg() };
  console.log(JSON.stringify({ ...report, machine }, rounded, 2));
}

if (require.main === module) void main();
