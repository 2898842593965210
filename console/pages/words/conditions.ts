import type { Cart } from '../../../sdk/client.js';
import { money } from '../../kit/language/format.js';
import { t } from './words.js';

const plain = (code: string): string => code.replaceAll('_', ' ');

/** Each condition that was said, in words. */
export function conditionsOf(constraints: Cart['constraints']): string[] {
  const { budget, diet = [], allergen = [], people, days, brand = [], organic, store = [], deadline } = constraints;
  return [
    ...(budget ? [t().budget(money(budget.cents, budget.currency))] : []),
    ...diet.map(plain),
    ...allergen.map((name) => t().without(plain(name))),
    ...(people === undefined ? [] : [t().people(people)]),
    ...(days === undefined ? [] : [t().days(days)]),
    ...brand,
    ...(organic ? [t().organic] : []),
    ...store.map((name) => t().from(name)),
    ...(deadline === undefined ? [] : [t().deadline(deadline)]),
  ];
}
