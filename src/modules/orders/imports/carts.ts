import type { ReadCart, Question } from '../reading/reading.js';
import type { ImportOutcome } from './imports.dto.js';

type Cart = ImportOutcome['carts'][number];

/** What a route takes at once. */
const MOST_ITEMS = 200;
const LONGEST_NAME = 200;
const MOST_LINES = 1000;

/**
 * Lists as an outcome tells them: what each says, and `items` of it that are still wanted, as `POST /v1/routes` takes them: one pack of
 * what states no amount. A list of more than a route takes is told in parts; beyond 1,000 lines in all, nothing. Pure.
 */
export function cartsOf(lists: readonly ReadCart[]): { carts: Cart[]; questions: Question[] } {
  const parts = lists.flatMap(({ title, lines }) => {
    const count = Math.max(1, Math.ceil(lines.length / MOST_ITEMS));
    return Array.from({ length: count }, (_, part) => ({
      title: count === 1 ? title : `${title} (${part + 1} of ${count})`,
      lines: lines.slice(part * MOST_ITEMS, (part + 1) * MOST_ITEMS),
    }));
  });
  let left = MOST_LINES;
  const told = parts.filter(({ lines }) => (left -= lines.length) >= 0);
  const text =
    'The lists hold more than 1,000 lines; those after them were left out. Send the rest in a file of its own.';
  return {
    carts: told.map((list) => ({ ...list, items: itemsOf(list) })),
    questions: told.length < parts.length ? [{ code: 'carts_cut', text }] : [],
  };
}

const itemsOf = ({ lines }: ReadCart): NonNullable<Cart['items']> =>
  lines.flatMap(({ name, quantity, unit, isDone }, at) =>
    isDone ? [] : [{ id: `item-${at + 1}`, name: name.slice(0, LONGEST_NAME).trim(), quantity: quantity ?? 1, unit }],
  );
