import type { Cart } from '../../../sdk/client.js';
import { money } from '../../kit/language/format.js';
import { needName } from '../../kit/planning/terms.js';
import { t } from './words.js';

/** Each condition that was said, in words. */
export function conditionsOf(constraints: Cart['constraints']): string[] {
  const { budget, diet = [], allergen = [], people, days, brand = [], organic, store = [], deadline } = constraints;
  return [
    ...(budget ? [t().budget(money(budget.cents, budget.currency))] : []),
    ...diet.map(needName),
    ...allergen.map((name) => t().without(needName(name).toLowerCase())),
    ...(people === undefined ? [] : [t().people(people)]),
    ...(days === undefined ? [] : [t().days(days)]),
    ...brand,
    ...(organic ? [t().organic] : []),
    ...store.map((name) => t().from(name)),
    ...(deadline === undefined ? [] : [t().deadline(deadline)]),
  ];
}
