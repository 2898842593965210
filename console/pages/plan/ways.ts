import type { Plan } from '../../../sdk/client.js';
import type { Wish } from '../../kit/planning/wish.js';

export type Way = 'withBudget' | 'withStaples' | 'withLeftovers' | 'withoutBudget';

/** What may make a plan possible that its money bars, and the wish by then. Nothing where it is not money that bars it. Pure. */
export function waysOf(
  { clashes, closest }: Pick<Plan, 'clashes' | 'closest'>,
  wish: Wish,
): { way: Way; wish: Wish }[] {
  if (!clashes.some(({ between }) => between.includes('budget'))) return [];
  const least = closest?.costCents ?? null;
  return [
    ...(least === null
      ? []
      : [{ way: 'withBudget' as const, wish: { ...wish, budget: budgetFor(least), seed: closest?.seed } }]),
    ...(wish.pantryStaples ? [] : [{ way: 'withStaples' as const, wish: { ...wish, pantryStaples: true } }]),
    ...(wish.countLeftovers ? [] : [{ way: 'withLeftovers' as const, wish: { ...wish, countLeftovers: true } }]),
    { way: 'withoutBudget', wish: { ...wish, budget: '' } },
  ];
}

/** The next whole dollar or krone over it. */
const budgetFor = (cents: number): string => String(Math.ceil(cents / 100));
