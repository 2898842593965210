import type { Library } from '../../nutrition/library.js';
import { USUAL_REPEATS } from '../needs/shortlist.js';
import { restingNotices } from './first-morning.js';
import { easingNotices } from './kitchen/easing.js';
import { notice } from './notices.js';
import type { PersonTargets, Plan, PlanRequest, Notice } from './plan.js';
import { isStaple } from './shopping/keeping.js';
import { budgetedCents, priced } from './shopping/packs.js';
import { shoppingListOf } from './shopping/shopping-list.js';

/**
 * What a plan that was made says of itself: what it was let off, what its first morning cannot have any more, and what it takes to be at
 * home. A swapped plan says what the plan before it was let off, too, for it is held to the same. Pure.
 */
export const planNotices = (
  request: PlanRequest,
  plan: Plan,
  targets: readonly PersonTargets[],
  library: Library,
): readonly Notice[] => [
  ...raisedRepeats(request, plan),
  ...easingNotices(plan, targets, library),
  ...restingNotices(request, plan, library),
  ...staplesAtHome(request, plan, library),
  ...budgetKept(request, plan, library),
];

function staplesAtHome(request: PlanRequest, plan: Plan, library: Library): Notice[] {
  if (!request.pantryStaples) return [];
  const items = shoppingListOf(plan, request, library);
  const staples = items.filter(({ food, buyGrams }) => buyGrams === 0 && isStaple(library.foods.get(food)!));
  if (staples.length === 0) return [];
  return [notice('staples_at_home', { foods: staples.map(({ food }) => food) })];
}

/** What of the list the budget does not count, where leftovers that keep are taken off it. */
function budgetKept(request: PlanRequest, plan: Plan, library: Library): Notice[] {
  if (request.budgetCents === null || !request.countLeftovers) return [];
  const list = priced(shoppingListOf(plan, request, library), library.prices);
  const counted = budgetedCents(list, request);
  if (counted === null || list.totalCents === null || list.keptCents === 0) return [];
  const { totalCents, keptCents } = list;
  const { budgetCents, currency = 'USD' } = request;
  return [notice('budget_kept', { totalCents, keptCents, countedCents: counted, budgetCents, currency })];
}

function raisedRepeats({ maxRepeats }: PlanRequest, { repeatLimit }: Plan): Notice[] {
  if (maxRepeats !== null || repeatLimit <= USUAL_REPEATS) return [];
  return [notice('repeats_raised', { usual: USUAL_REPEATS, times: repeatLimit })];
}
