import { listed, once, tableOf } from '../../../../vocabulary/tables.js';
import { keyOf } from '../../../../vocabulary/words.js';

const MOST = 5;

const GROUPS = once(() =>
  tableOf('groups')
    .map(({ members }) => listed(members))
    .sort((one, other) => one.length - other.length),
);

/** Foods of the smallest group that the food is of, itself left out: [] where it is of none. Pure. */
export function alternativesTo(food: string): string[] {
  const key = keyOf(food);
  const group = GROUPS().find((members) => members.some((member) => keyOf(member) === key)) ?? [];
  return group.filter((member) => keyOf(member) !== key).slice(0, MOST);
}
