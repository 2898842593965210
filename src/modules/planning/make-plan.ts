import type { Library } from '../nutrition/library.js';
import { emptyClash, foundClashes, provenClashes, shortClash } from './clash.js';
import { cook, type Cooked } from './cook.js';
import { datesOf } from './dates.js';
import { kitchenOf, mealsOf, type Kitchen } from './kitchen.js';
import type { Clash, DraftPlan, Notice, Plan, PlanOutcome, PlanRequest } from './plan.js';
import { costOf, provePlan } from './plan-rules.js';
import { repairsOf } from './repairs.js';
import { USUAL_REPEATS } from './shortlist.js';

/** Each round saves more, should the budget have been passed, and has other chances, should some days not have been found. */
const ROUNDS = [0.5, 4, 20, 100, 500];

/**
 * A plan and its proof, from a draft or from nothing: recipes are chosen by a seeded search, portions by a linear program for each
 * person and day, and what comes out is proven from its own rows before anybody sees it. Pure: same request, library and draft, same
 * outcome. The draft is not trusted: what it may not hold is replaced, what it lacks is filled in.
 */
export function makePlan(request: PlanRequest, library: Library, draft: DraftPlan | null = null): PlanOutcome {
  const kitchen = kitchenOf(request, library);
  const { refusals, notices, targets } = kitchen.shortlist;
  if (refusals.length > 0) return { kind: 'refused', refusals };
  const clash = (clashes: readonly Clash[]): PlanOutcome => ({ kind: 'clash', clashes, nearest: null, notices });
  const empty = emptyClash(kitchen);
  if (empty !== null) return clash([empty]);

  const proven = lazily(() => provenClashes(kitchen));
  const cooked = cookWithin(kitchen, draft, () => proven().length > 0);
  if (cooked.shortOf !== null)
    return clash(proven().length > 0 ? proven() : [shortClash(kitchen, cooked.shortOf, cooked.repeatLimit)]);
  const plan = planOf(kitchen, cooked);
  const proof = provePlan(request, targets, plan, library);
  const wrong = proof.violations.find(({ rule }) => rule !== 'band' && rule !== 'budget');
  if (wrong) throw new Error(`a plan was made against the rule "${wrong.rule}": ${wrong.detail}`);
  if (proof.violations.length > 0) {
    const clashes = proven().length > 0 ? proven() : foundClashes(kitchen, proof);
    return { kind: 'clash', clashes, nearest: { plan, proof }, notices };
  }
  const repairs = draft === null ? [] : repairsOf(plan, draft, library);
  return { kind: 'planned', plan, proof, repairs, notices: [...notices, ...raisedRepeats(request, plan)] };
}

/** The first plan with all bands met and within the budget; or else the one with most days that fit, and then that costs least. */
function cookWithin(kitchen: Kitchen, draft: DraftPlan | null, isHopeless: () => boolean): Cooked {
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
    if (misses === request.days || (misses > 0 && isHopeless())) break;
    known = cooked.days.filter(({ isFit }) => isFit).map(({ dishes }) => dishes);
  }
  return best!.cooked;
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
