import { plainMoney } from '../../../../common/money.js';
import type { Library } from '../../../nutrition/library.js';
import type { Notice, Plan, PlanRequest, Proof } from '../plan.js';
import { budgetedCents, priced } from '../shopping/packs.js';
import { shoppingListOf } from '../shopping/shopping-list.js';

/** Less than this share of a list is not worth saying. */
const WORTH_SAYING = 0.05;

/** What the nearest plan over a budget comes to, and what of that a caller may take for paid: staples at home, leftovers that keep. */
export function budgetHints(
  request: PlanRequest,
  { plan, proof }: { plan: Plan; proof: Proof },
  library: Library,
): readonly Notice[] {
  const { costCents } = proof;
  if (costCents === null) return [];
  const money = (cents: number) => plainMoney(cents, request.currency);
  const costing = (changes: Partial<PlanRequest>) => {
    const other = { ...request, ...changes };
    return budgetedCents(priced(shoppingListOf(plan, other, library), library.prices), other)!; // all prices are known
  };
  const isOnlyTooDear = proof.violations.every(({ rule }) => rule === 'budget');
  const least = isOnlyTooDear
    ? `The least that was found to work costs ${money(costCents)} in whole packs`
    : `The nearest plan that was found misses other targets, too, and costs ${money(costCents)} in whole packs`;
  const hints = [
    {
      name: 'pantryStaples',
      isOpen: !request.pantryStaples,
      what: 'is for salt, oil, spices and flour',
      effect: 'takes them to be at home',
    },
    {
      name: 'countLeftovers',
      isOpen: !request.countLeftovers,
      what: 'is for leftovers that keep',
      effect: 'takes them off',
    },
  ].flatMap(({ name, isOpen, what, effect }) => {
    const saved = isOpen ? costCents - costing({ [name]: true }) : 0;
    return saved < costCents * WORTH_SAYING ? [] : [`${money(saved)} of it ${what}, and "${name}": true ${effect}`];
  });
  const sentence = `${[`${least}; nobody has shown that there is none cheaper`, ...hints].join('. ')}.`;
  return [{ code: 'budget_least', personId: null, sentence }];
}
