import type { Library } from '../../nutrition/library.js';
import type { Nutrient } from '../../nutrition/nutrients.js';
import { shortlistOf } from '../needs/shortlist.js';
import { budgetHints } from './clashes/budget-hints.js';
import { budgetClashes } from './clashes/impossible.js';
import { foundClashes } from './clashes/nearest.js';
import { emptyClash } from './clashes/shortages.js';
import { DAYS_OF_A_WEEK, datesOf } from './dates.js';
import { areRunning, isVaried, type Cooked } from './days/cook.js';
import { cookNearest, cookOrSayWhyNot, cookSoon } from './days/cook-plan.js';
import { leastCents } from './days/relaxation.js';
import { Effort } from './effort.js';
import { startedFresh } from './first-morning.js';
import { kitchenOf, mealsOf, usualPortions, type Kitchen, type Rung } from './kitchen/kitchen.js';
import {
  EASINGS,
  type Clash,
  type DraftPlan,
  type Plan,
  type PlanOutcome,
  type PlanRequest,
  type Proof,
  type Rule,
  type Notice,
} from './plan.js';
import { notice } from './notices.js';
import { planNotices } from './plan-notices.js';
import { leastLetOff } from './proof/let-off.js';
import { proverFor } from './proof/plan-rules.js';
import { repairsOf } from './repairs.js';

/*
 * The solver's rooms. Everything but the two files of the thread is pure: same request, library and draft, same outcome.
 *
 *   plan.ts, dates.ts        the words of plans                        read by all of planning
 *   kitchen/                 a request as numbers: who eats, what of   exact: limits and portions are law from here on
 *   days/ misfit, cuts       is this day any good? in microseconds     may be wrong: whatever they find is fitted again
 *   days/ choose-day, cook*  days one after the other                  may be wrong, must be quick: a plan is most often made here
 *   days/ fit, relaxation    portions by linear program                exact to the hundredth of a serving; "infeasible" is a proof
 *   days/ day-search, weeks  all days there are, and whole weeks       may be slow; "none" is a proof
 *   clashes/                 why there is no plan                      what it calls proven must be so; what was only not found says so
 *   proof/                   what a plan is worth                      exact, and trusts none of the above: it recomputes from rows
 *   shopping/                what to buy for it                        exact in cents
 *   solver.service, .worker  threads, turns and the time there is      hold a thread for 5 s at most
 */

/** What is let off, and how often a recipe comes in a week at most, where nobody says, for what was tried before in vain. */
const LADDER: readonly Required<Omit<Rung, 'easedBands'>>[] = [
  { eased: [], mostRepeats: 3 },
  { eased: ['shares', 'bands'], mostRepeats: 4 },
  { eased: ['shares', 'bands'], mostRepeats: DAYS_OF_A_WEEK },
  { eased: ['shares', 'bands', 'energy'], mostRepeats: DAYS_OF_A_WEEK },
  { eased: ['shares', 'bands', 'energy', 'portions'], mostRepeats: DAYS_OF_A_WEEK },
];
/** What an offer is let off that misses some bands: never portions. */
const OFFERED = LADDER[2]!;
/** So far up, guides that nobody stated are let off before the same dishes come again and again. */
const VARIED_RUNGS = 2;

/**
 * A plan and its proof, from a draft or from nothing: recipes are chosen by a seeded search, portions by a linear program for each
 * person and day, and what comes out is proven from its own rows before anybody sees it. Where no plan keeps everything, it is let off
 * what EASINGS says, in that order, and says so. Pure: same request, library and draft, same outcome, unless `isLate` says that the time
 * is over before as much was looked as is worth it: then the best so far, which is said. The draft is not trusted: what it may not hold is replaced, what it lacks is filled in.
 */
export function makePlan(
  request: PlanRequest,
  library: Library,
  draft: DraftPlan | null = null,
  isLate: () => boolean = () => false,
): PlanOutcome {
  const { refusals } = shortlistOf(request, library);
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const effort = new Effort(isLate);
  const drafted = planOrClash(request, library, draft, effort);
  const made = draft === null ? drafted : (withoutDraft(request, library, draft, drafted, effort) ?? drafted);
  const outcome = effort.wasCutShort ? { ...made, notices: [...made.notices, CUT_SHORT] } : made;
  if (outcome.kind === 'planned') return outcome;
  const { notices, clashes, nearest } = outcome;
  const isOverBudget = nearest?.proof.violations.some(({ rule }) => rule === 'budget') ?? false;
  const hints = isOverBudget ? budgetHints(request, nearest!, library) : [];
  return { ...outcome, notices: [...notices, ...hints, ...supplements(clashes)] };
}

const CUT_SHORT: Notice = notice('cut_short', {});

type Made = Exclude<PlanOutcome, { kind: 'refused' }>;

/** What is drafted may be what stands in the way, most often of a budget: then days of the solver's own, if they do; else null. */
function withoutDraft(
  request: PlanRequest,
  library: Library,
  draft: DraftPlan,
  drafted: Made,
  effort: Effort,
): Made | null {
  if (drafted.kind !== 'clash' || effort.isOver() || drafted.clashes.every(({ isProven }) => isProven)) return null;
  const own = planOrClash(request, library, null, effort);
  return own.kind === 'planned' ? { ...own, repairs: repairsOf(own.plan, draft, library) } : own;
}

function planOrClash(request: PlanRequest, library: Library, draft: DraftPlan | null, effort: Effort): Made {
  const { notices } = shortlistOf(request, library);
  let monotonous: (() => Made) | null = null;
  for (const [index, rung] of LADDER.slice(0, -1).entries()) {
    if (index === VARIED_RUNGS && monotonous !== null) return monotonous();
    const kitchen = kitchenOf(request, library, { ...rung, effort });
    if (effort.isOver() || isClearlyImpossible(kitchen)) continue;
    const { cooked, areFit, isGood } = cookSoon(kitchen, draft);
    if (isGood) {
      if (index >= VARIED_RUNGS || isVaried(kitchen, cooked)) return finished(kitchen, cooked, draft);
      monotonous ??= () => finished(kitchen, cooked, draft);
      continue;
    }
    // Nothing is let off to save money.
    if (areFit) return finished(kitchen, cooked, draft, budgetClashes(kitchenOf(request, library, LADDER.at(-1)!)));
  }
  if (monotonous !== null) return monotonous();
  const kitchen = kitchenOf(request, library, { ...LADDER.at(-1)!, effort });
  const empty = emptyClash(kitchen);
  if (empty !== null) return { kind: 'clash', clashes: [empty], nearest: null, notices };
  const { cooked, clashes } = cookOrSayWhyNot(kitchen, draft);
  const outcome = cooked.shortOf === null ? finished(kitchen, cooked, draft, clashes) : null;
  if (outcome?.kind === 'planned') return outcome;
  if (outcome !== null && outcome.nearest !== null && isOnlyTooDear(outcome.nearest.proof)) return outcome;
  const offer = offered(kitchenOf(request, library, { ...OFFERED, effort }), draft);
  return { kind: 'clash', clashes: outcome?.clashes ?? clashes, nearest: offer ?? outcome?.nearest ?? null, notices };
}

/** What each person's bands alone rule out, whatever is served beside; or a meal without recipes. */
const isClearlyImpossible = (kitchen: Kitchen): boolean =>
  emptyClash(kitchen) !== null ||
  kitchen.shortlist.targets.some(({ bands }, who) => leastCents(kitchen, bands, who) === Infinity);

/** The days as a plan with its proof; where that misses something, `clashes` or else what it misses. */
function finished(kitchen: Kitchen, cooked: Cooked, draft: DraftPlan | null, clashes: readonly Clash[] = []): Made {
  const { request, library } = kitchen;
  const { notices, targets } = shortlistOf(request, library);
  const { plan, proof } = proven(kitchen, cooked);
  const wrong = proof.violations.find(({ rule }) => !OF_THE_NEAREST.has(rule));
  if (wrong) throw new Error(`a plan was made against the rule "${wrong.rule}": ${wrong.detail}`);
  if (proof.violations.length > 0) {
    const found = clashes.length > 0 ? clashes : foundClashes(kitchen, proof);
    return { kind: 'clash', clashes: found, nearest: { plan, proof }, notices };
  }
  const repairs = draft === null ? [] : repairsOf(plan, draft, library);
  return {
    kind: 'planned',
    plan,
    proof,
    repairs,
    notices: [...notices, ...planNotices(request, plan, targets, library)],
  };
}
/** What a plan may miss that is only an offer: bands and money, and shares and portions of a day whose energy is missed. */
const OF_THE_NEAREST = new Set<Rule>(['band', 'budget', 'share', 'portion']);

const isOnlyTooDear = ({ violations }: Proof): boolean => violations.every(({ rule }) => rule === 'budget');

/** The nearest plan in portions that people eat; null where there is none. */
function offered(kitchen: Kitchen, draft: DraftPlan | null): { plan: Plan; proof: Proof } | null {
  if (emptyClash(kitchen) !== null) return null;
  const cooked = cookNearest(kitchen, draft);
  return cooked.shortOf === null ? proven(kitchen, cooked) : null;
}

/** Let off only what it makes use of. */
function proven(kitchen: Kitchen, cooked: Cooked): { plan: Plan; proof: Proof } {
  const { targets } = shortlistOf(kitchen.request, kitchen.library);
  const prove = proverFor(kitchen.request, targets, kitchen.library);
  const best = leastLetOff(planOf(kitchen, cooked), { prove, targets, library: kitchen.library });
  return startedFresh(kitchen.request, kitchen.library, best, prove);
}

function planOf(kitchen: Kitchen, { days, repeatLimit }: Cooked): Plan {
  const { request, eased } = kitchen;
  const dates = datesOf(request);
  const isRunning = !request.mayRunOn && areRunning(days);
  return {
    seed: request.seed,
    repeatLimit,
    eased: EASINGS.filter((one) => (one === 'running' ? isRunning : eased.includes(one))),
    days: days.map(({ dishes, table }, index) => ({
      date: dates[index]!,
      meals: mealsOf(kitchen, dishes, usualPortions(kitchen, dishes, table)),
    })),
  };
}

/** Of little in any food, or of nothing in foods of plants: people take it as a supplement. */
const SUPPLEMENTED: readonly Nutrient[] = ['vitamin_b12_ug', 'vitamin_d_ug'];

function supplements(clashes: readonly Clash[]): Notice[] {
  const wanted = SUPPLEMENTED.filter((nutrient) => clashes.some(({ between }) => between.includes(nutrient)));
  return wanted.map((nutrient) => notice('supplement_usual', { nutrient }));
}
