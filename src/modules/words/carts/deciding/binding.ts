import { PROVIDER_CARDS } from '../../../providers/cards.js';
import type { ProviderId } from '../../../providers/provider.js';
import type { Constraints } from '../../reading/constraints.js';

/** What was said that no route can hold to, and why. */
export interface NotBinding {
  constraint: 'budget' | 'store' | 'deadline' | 'people' | 'days';
  said: string;
  because: string;
}

/** What a cart's constraints are to a route: its fields, and what remains. What lines are held to is in `routed.ts`. */
export interface Bound {
  providers?: ProviderId[];
  budgetCents?: number;
  neededBy?: string;
  notBinding: NotBinding[];
}

/** The only currency in which routes are compared. */
const COMPARED = 'USD';

/** As people call them: "Walmart Direct" is Walmart. Who only gives links can win no route. */
const BY_NAME: ReadonlyMap<string, ProviderId> = new Map(
  PROVIDER_CARDS.filter(({ capabilities }) => capabilities.quotes).map(({ id, name }) => [
    name.toLowerCase().split(' ')[0]!,
    id,
  ]),
);

/**
 * What of the constraints a route can be held to. Stores that are providers are asked alone; where none of those named is one, all are
 * asked, and it is told. `neededBy`: the moment that the deadline was read to be, null for none. Pure.
 */
export function boundBy({ budget, store, deadline, people, days }: Constraints, neededBy: string | null = null): Bound {
  const providers = [...new Set((store ?? []).flatMap((name) => BY_NAME.get(name.toLowerCase()) ?? []))];
  const unknown = (store ?? []).filter((name) => !BY_NAME.has(name.toLowerCase()));
  const isComparable = budget?.currency === COMPARED;
  const notBinding: NotBinding[] = [
    ...(budget && !isComparable
      ? [
          {
            constraint: 'budget' as const,
            said: `${budget.cents / 100} ${budget.currency}`,
            because: `routes are compared in ${COMPARED} alone`,
          },
        ]
      : []),
    ...unknown.map((said) => ({
      constraint: 'store' as const,
      said,
      because:
        providers.length > 0 ? 'it gives no quotes here' : 'it gives no quotes here, so that all who do are asked',
    })),
    ...(deadline && neededBy === null
      ? [
          {
            constraint: 'deadline' as const,
            said: deadline,
            because:
              'it names no moment, or no time zone was said with it; compare it with deliveryMinutes of the quotes',
          },
        ]
      : []),
    ...(people
      ? [{ constraint: 'people' as const, said: String(people), because: 'amounts are bought as they were said' }]
      : []),
    ...(days
      ? [{ constraint: 'days' as const, said: String(days), because: 'amounts are bought as they were said' }]
      : []),
  ];
  return {
    ...(providers.length > 0 ? { providers } : {}),
    ...(neededBy === null ? {} : { neededBy }),
    ...(isComparable ? { budgetCents: budget!.cents } : {}),
    notBinding,
  };
}
