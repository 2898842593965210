import type { Import } from '../../../sdk/client.js';

type Outcome = NonNullable<Import['outcome']>;

export interface Tally {
  what: 'new' | 'changed' | 'same';
  count: number;
}

/** What an import does to the history, in the order in which it is told; what it does not do is not told. */
export const talliesOf = ({ orders }: Outcome): Tally[] =>
  (['new', 'changed', 'same'] as const).flatMap((what) => (orders[what] > 0 ? [{ what, count: orders[what] }] : []));

/** Whether importing what was tried would do anything. */
export const isWorthIt = ({ refused, orders, evidence, carts, charges }: Outcome): boolean =>
  refused === null && (orders.new + orders.changed + evidence > 0 || carts.length > 0 || (charges?.length ?? 0) > 0);

/** Whether purchases that name no order wait for somebody to say what they are. */
export const waitsForNumbers = ({ questions }: Outcome): boolean =>
  questions.some(({ code }) => code === 'number_missing');

export interface Left {
  reason: string;
  places: string[];
}

/** What was left out, by why, that of which there is most first. */
export function leftOut({ skipped }: Outcome): Left[] {
  const byReason = new Map<string, string[]>();
  for (const { where, reason } of skipped) byReason.set(reason, [...(byReason.get(reason) ?? []), where]);
  return [...byReason]
    .map(([reason, places]) => ({ reason, places }))
    .sort((one, other) => other.places.length - one.places.length);
}
