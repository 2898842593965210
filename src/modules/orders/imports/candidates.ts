import { fingerprintOf } from '../../../common/fingerprint.js';
import { plainNameOf } from '../reading/names.js';
import type { SourcedOrder } from '../reading/read.js';
import type { Question, ReadLine } from '../reading/reading.js';

/** A day of a retailer as the history knows it: its orders' lines that were charged. */
export interface KnownDay {
  retailer: string;
  orderedOn: string;
  numberKeys: string[];
  lines: readonly Pick<ReadLine, 'name' | 'lineCents'>[];
}

/**
 * Orders with their numbers. What names none is a candidate by its day: where the history has just these lines on that day it is known;
 * otherwise it is asked about, or, where the caller accepts that, becomes an order with a key made of what it holds. Pure.
 */
export function numbered(
  orders: readonly SourcedOrder[],
  withoutNumbers: 'ask' | 'accept',
  days: readonly KnownDay[],
): { orders: SourcedOrder[]; questions: Question[] } {
  const unsure: string[] = [];
  const kept = orders.flatMap((order): SourcedOrder[] => {
    if (order.numberKey !== null) return [order];
    const known = days.find((day) => day.retailer === order.retailer && day.orderedOn === order.orderedOn);
    const holds = known !== undefined && isWithin(printsOf(order.lines), printsOf(known.lines));
    if (holds) return [];
    if (withoutNumbers === 'accept') return [{ ...order, numberKey: keyOf(order) }];
    unsure.push(`${order.orderedOn ?? 'a day that is not told'} (${order.lines.length} lines)`);
    return [];
  });
  if (unsure.length === 0) return { orders: kept, questions: [] };
  const text =
    `These name no order, and nothing was imported of them: ${unsure.slice(0, 20).join(', ')}` +
    `${unsure.length > 20 ? ` and ${unsure.length - 20} more` : ''}. If each day is one order, send the file again with ?withoutNumbers=accept.`;
  return { orders: kept, questions: [{ code: 'number_missing', text }] };
}

const printsOf = (lines: KnownDay['lines']): string[] =>
  lines.map(({ name, lineCents }) => `${plainNameOf(name ?? '')} ${lineCents}`).toSorted();

/** Whether all of `part`, as often as they are there, are in `whole`. */
function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  const left = new Map<string, number>();
  for (const print of whole) left.set(print, (left.get(print) ?? 0) + 1);
  return part.every((print) => {
    const count = left.get(print) ?? 0;
    left.set(print, count - 1);
    return count > 0;
  });
}

const keyOf = ({ retailer, orderedOn, lines }: SourcedOrder): string =>
  `day-${orderedOn ?? 'unknown'}-${fingerprintOf([retailer, printsOf(lines)]).slice(0, 12)}`;
