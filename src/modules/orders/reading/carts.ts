import { nameOf } from './names.js';
import type { ReadCart } from './reading.js';

type CartLine = ReadCart['lines'][number];

/** A line of a list as a cart takes it; an amount of 0 is none that was stated. Null for what names nothing. */
export function cartLineOf(
  name: string | null | undefined,
  quantity: number | null | undefined,
  more: { unit?: string | null; note?: string | null; isDone?: boolean } = {},
): CartLine | null {
  const known = nameOf(name);
  if (known === null) return null;
  const isAmount = typeof quantity === 'number' && Number.isFinite(quantity) && quantity > 0 && quantity <= 10_000;
  return {
    name: known,
    quantity: isAmount ? quantity : null,
    unit: nameOf(more.unit)?.slice(0, 40) ?? null,
    note: nameOf(more.note),
    isDone: more.isDone ?? false,
  };
}
