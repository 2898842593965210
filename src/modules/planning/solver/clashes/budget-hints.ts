import type { Library } from '../../../nutrition/library.js';
import { notice } from '../notices.js';
import type { Plan, PlanRequest, Proof, Notice } from '../plan.js';
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
  const costing = (changes: Partial<PlanRequest>) => {
    const other = { ...request, ...changes };
    return budgetedCents(priced(shoppingListOf(plan, other, library), library.prices), other)!; // all prices are known
  };
  const isOnlyTooDear = proof.violations.every(({ rule }) => rule === 'budget');
  const savedBy = (name: 'pantryStaples' | 'countLeftovers') => {
    const saved = request[name] ? 0 : costCents - costing({ [name]: true });
    return saved < costCents * WORTH_SAYING ? null : saved;
  };
  return [
    notice('budget_least', {
      costCents,
      isOnlyTooDear,
      staplesCents: savedBy('pantryStaples'),
      leftoversCents: savedBy('countLeftovers'),
      currency: request.currency ?? 'USD',
    }),
  ];
}
