import { plainMoney } from '../../../common/money.js';
import type { Library } from '../../nutrition/library.js';
import { USUAL_REPEATS } from '../needs/shortlist.js';
import { restingNotices } from './first-morning.js';
import { easingNotices } from './kitchen/easing.js';
import type { Notice, PersonTargets, Plan, PlanRequest } from './plan.js';
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
  const sentence = `Taken to be at home, and not on the list: ${staples.map(({ food }) => food).join(', ')}.`;
  return [{ code: 'staples_at_home', personId: null, sentence }];
}

/** What of the list the budget does not count, where leftovers that keep are taken off it. */
function budgetKept(request: PlanRequest, plan: Plan, library: Library): Notice[] {
  if (request.budgetCents === null || !request.countLeftovers) return [];
  const list = priced(shoppingListOf(plan, request, library), library.prices);
  const counted = budgetedCents(list, request);
  if (counted === null || list.totalCents === null || list.keptCents === 0) return [];
  const [total, kept, rest, budget] = [list.totalCents, list.keptCents, counted, request.budgetCents].map((cents) =>
    plainMoney(cents, request.currency),
  );
  const sentence = `The list costs ${total}; ${kept} of it is left over and keeps, so ${rest} count against the budget of ${budget}.`;
  return [{ code: 'budget_kept', personId: null, sentence }];
}

function raisedRepeats({ maxRepeats }: PlanRequest, { repeatLimit }: Plan): Notice[] {
  if (maxRepeats !== null || repeatLimit <= USUAL_REPEATS) return [];
  const sentence = `Too few recipes fit to have none more than ${USUAL_REPEATS} times a week: some come up to ${repeatLimit} times.`;
  return [{ code: 'repeats_raised', personId: null, sentence }];
}
