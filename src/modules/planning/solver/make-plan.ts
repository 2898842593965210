import type { Library } from '../../nutrition/library.js';
import { USUAL_REPEATS } from '../needs/shortlist.js';
import { provenClashes, weeksClash } from './clashes/impossible.js';
import { foundClashes } from './clashes/nearest.js';
import { emptyClash, shortClash } from './clashes/shortages.js';
import { cook, type Cooked } from './days/cook.js';
import { datesOf } from './dates.js';
import { kitchenOf, mealsOf, type Kitchen } from './kitchen/kitchen.js';
import type { Clash, DraftPlan, Notice, Plan, PlanOutcome, PlanRequest } from './plan.js';
import { costOf, provePlan } from './proof/plan-rules.js';
import { repairsOf } from './repairs.js';
import { weeksFor } from './days/weeks.js';

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

/** Each round saves more, should the budget have been passed, and has other chances, should some days not have been found. */
const ROUNDS = [0.5, 4, 20, 100, 500];

/**
 * A plan and its proof, from a draft or from nothing: recipes are chosen by a seeded search, portions by a linear program for each
 * person and day, and what comes out is proven from its own rows before anybody sees it. Pure: same request, library and draft, same
 * outcome, unless `isLate` says that the time is over: then the best so far. The draft is not trusted: what it may not hold is replaced, what it lacks is filled in.
 */
export function makePlan(
  request: PlanRequest,
  library: Library,
  draft: DraftPlan | null = null,
  isLate: () => boolean = () => false,
): PlanOutcome {
  const kitchen = kitchenOf(request, library, isLate);
  const { refusals, notices, targets } = kitchen.shortlist;
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const clash = (clashes: readonly Clash[]): PlanOutcome => ({ kind: 'clash', clashes, nearest: null, notices });
  const empty = emptyClash(kitchen);
  if (empty !== null) return clash([empty]);

  const { cooked, clashes } = cookOrSayWhyNot(kitchen, draft);
  if (cooked.shortOf !== null) return clash(clashes);
  const plan = planOf(kitchen, cooked);
  const proof = provePlan(request, targets, plan, library);
  const wrong = proof.violations.find(({ rule }) => rule !== 'band' && rule !== 'budget');
  if (wrong) throw new Error(`a plan was made against the rule "${wrong.rule}": ${wrong.detail}`);
  if (proof.violations.length > 0) {
    const found = clashes.length > 0 ? clashes : foundClashes(kitchen, proof);
    return { kind: 'clash', clashes: found, nearest: { plan, proof }, notices };
  }
  const repairs = draft === null ? [] : repairsOf(plan, draft, library);
  return { kind: 'planned', plan, proof, repairs, notices: [...notices, ...raisedRepeats(request, plan)] };
}

/** What was cooked, by the quick search and then by the one that looks at whole weeks; and what is known against there being better. */
function cookOrSayWhyNot(kitchen: Kitchen, draft: DraftPlan | null): { cooked: Cooked; clashes: readonly Clash[] } {
  const provenSoon = lazily(() => provenClashes(kitchen, EFFORT_AT_FIRST));
  const { cooked, isGood } = cookWithin(kitchen, draft, () => provenSoon().length > 0);
  if (isGood) return { cooked, clashes: [] };
  const short = cooked.shortOf === null ? [] : [shortClash(kitchen, cooked.shortOf, cooked.repeatLimit)];
  const proven = [...provenSoon(), ...short.filter(({ isProven }) => isProven)];
  if (proven.length > 0 || kitchen.isLate()) return { cooked, clashes: proven };
  const { maxRepeats, budgetCents } = kitchen.request;
  const isOfDaysAlone = maxRepeats === null && budgetCents === null;
  const clashes = isOfDaysAlone ? provenClashes(kitchen) : [];
  if (clashes.length > 0) return { cooked, clashes };
  const weeks = weeksFor(kitchen, cooked);
  if (weeks.kind === 'planned') return { cooked: weeks.cooked, clashes: [] };
  if (weeks.kind === 'impossible') return { cooked, clashes: [weeksClash(kitchen)] };
  const late = isOfDaysAlone ? [] : provenClashes(kitchen);
  return { cooked, clashes: late.length > 0 ? late : short };
}
/** Of what a proof may cost, before all means to find a plan were tried. */
const EFFORT_AT_FIRST = 0.1;

/** The first plan with all bands met and within the budget; or else the one with most days that fit, and then that costs least. */
function cookWithin(
  kitchen: Kitchen,
  draft: DraftPlan | null,
  isHopeless: () => boolean,
): { cooked: Cooked; isGood: boolean } {
  const { request, library } = kitchen;
  const missesOf = ({ days }: Cooked) => request.days - days.filter(({ isFit }) => isFit).length;
  const centsOf = (cooked: Cooked) =>
    request.budgetCents === null ? 0 : (costOf(planOf(kitchen, cooked), library) ?? Infinity);
  let best: { cooked: Cooked; misses: number; cents: number } | null = null;
  let known: Cooked['days'][number]['dishes'][] = [];
  for (const [round, thrift] of ROUNDS.entries()) {
    const cooked = cook(kitchen, { draft, thrift, isHopeless, known, round });
    const [misses, cents] = [missesOf(cooked), centsOf(cooked)];
    const isBest = best === null || misses < best.misses || (misses === best.misses && cents < best.cents);
    if (isBest) best = { cooked, misses, cents };
    if (misses === 0 && cents <= (request.budgetCents ?? Infinity)) break;
    if (kitchen.isLate() || misses === request.days || (misses > 0 && isHopeless())) break;
    known = cooked.days.filter(({ isFit }) => isFit).map(({ dishes }) => dishes);
  }
  const { cooked, misses, cents } = best!;
  return { cooked, isGood: misses === 0 && cents <= (request.budgetCents ?? Infinity) };
}

function planOf(kitchen: Kitchen, { days, repeatLimit }: Cooked): Plan {
  const dates = datesOf(kitchen.request);
  return {
    seed: kitchen.request.seed,
    repeatLimit,
    days: days.map(({ dishes, table }, index) => ({ date: dates[index]!, meals: mealsOf(kitchen, dishes, table) })),
  };
}

function raisedRepeats({ maxRepeats }: PlanRequest, { repeatLimit }: Plan): Notice[] {
  if (maxRepeats !== null || repeatLimit <= USUAL_REPEATS) return [];
  const sentence = `Too few recipes fit to have none more than ${USUAL_REPEATS} times a week: some come up to ${repeatLimit} times.`;
  return [{ code: 'repeats_raised', personId: null, sentence }];
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
