import { dayOf } from './days.js';
import { isMembers } from './members.js';
import type { Question, ReadOrder } from './reading.js';

/** Days of JSON that no order was given. Pure. */
const MOST_DEEP = 12;
const MOST_SEEN = 200_000;
const MOST_SHOWN = 10;
const ABOUT_OTHER =
  /\bid$|Id$|number|deliver|arriv|expir|best.?before|birth|updat|modif|export|schedul|slot|return|refund|cancel|ship|until|eta|charged/i;

/** Asked where orders have no day, and the file has members that may be one. */
export function questionOfDates(value: unknown, orders: readonly ReadOrder[]): Question[] {
  const dateless = orders.filter(({ orderedOn, isEvidence }) => orderedOn === null && !isEvidence).length;
  const names = dateless === 0 ? [] : daysIn(value);
  if (names.length === 0) return [];
  const text = `Of ${dateless} orders no date was understood. These members of the file may tell it, and were left out: ${names.join(', ')}.`;
  return [{ code: 'dates_unknown', text }];
}

/** Names of members that hold a day, and are not of what came after the order. */
function daysIn(value: unknown): string[] {
  const names = new Set<string>();
  let seen = 0;
  const look = (here: unknown, deep: number): void => {
    if (deep > MOST_DEEP || ++seen > MOST_SEEN || names.size >= MOST_SHOWN) return;
    if (Array.isArray(here)) return here.forEach((one) => look(one, deep + 1));
    if (!isMembers(here)) return;
    for (const [name, inner] of Object.entries(here)) {
      if (ABOUT_OTHER.test(name)) continue;
      if (typeof inner === 'string' && inner.length <= 40 && dayOf(inner) !== null) names.add(name.slice(0, 60));
      else look(inner, deep + 1);
    }
  };
  look(value, 0);
  return [...names];
}
