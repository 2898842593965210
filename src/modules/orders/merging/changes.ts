import { plainNameOf } from '../reading/names.js';
import { isCharged, type ReadLine, type ReadOrder } from '../reading/reading.js';
import { align } from './align.js';

/** Accounts of what changed after an order was told of whole: a cancellation, a refund. Pure. */
export interface Telling {
  rank: number;
  order: ReadOrder;
}

/**
 * Puts later changes to lines, the earlier before the later. A change counts where it is no weaker than what told of the lines, and
 * later than that; what did not come is charged 0.
 */
export function changed(lines: readonly ReadLine[], base: Telling, changes: readonly Telling[]): ReadLine[] {
  const counting = changes
    .filter(({ rank, order }) => rank > base.rank || (rank === base.rank && isLater(order, base.order)))
    .toSorted((a, b) => a.rank - b.rank || (a.order.asOf ?? '').localeCompare(b.order.asOf ?? ''));
  let answer = lines.map((line) => ({ ...line }));
  for (const { order } of counting) {
    if (order.status === 'cancelled') answer = answer.map((line) => ended(line, 'cancelled'));
    const at = align(answer, order.lines);
    const fresh: ReadLine[] = [];
    order.lines.forEach((change, index) => {
      const mine = at[index] ?? answer.findIndex((line) => isNamed(line, change));
      if (mine >= 0) answer[mine] = ended(answer[mine]!, change.state);
      else fresh.push({ ...change, substitutedFor: null });
    });
    answer.push(...fresh);
  }
  return answer;
}

const isLater = (change: ReadOrder, than: ReadOrder): boolean => (change.asOf ?? '') >= (than.asOf ?? '');

const isNamed = (line: ReadLine, change: ReadLine): boolean =>
  line.name !== null && change.name !== null && plainNameOf(line.name) === plainNameOf(change.name);

function ended(line: ReadLine, state: ReadLine['state']): ReadLine {
  if (state === null || line.state === state) return line;
  if (isCharged(state)) return { ...line, state };
  return {
    ...line,
    state,
    orderedQuantity: line.orderedQuantity ?? line.quantity,
    listedCents: line.listedCents ?? line.lineCents,
    quantity: 0,
    lineCents: 0,
  };
}

/**
 * Lines in the order in which they were ordered, where another account of the same strength tells it: one that tells what became of
 * them groups them by that. What came for another follows it.
 */
export function inOrder(lines: readonly ReadLine[], ordered: readonly ReadLine[]): ReadLine[] {
  const at = align(ordered, lines);
  let last = -1;
  const places = lines.map((line, index) => {
    const place = at[index];
    if (place !== null && place !== undefined) last = place;
    return place ?? (line.substitutedFor === null ? last : (at[line.substitutedFor - 1] ?? last)) + 0.5;
  });
  const sorted = lines.map((_, index) => index).toSorted((a, b) => places[a]! - places[b]! || a - b);
  return sorted.map((index) => {
    const line = lines[index]!;
    const { substitutedFor } = line;
    return substitutedFor === null ? line : { ...line, substitutedFor: sorted.indexOf(substitutedFor - 1) + 1 };
  });
}
