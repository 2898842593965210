import { amountsIn } from '../../../vocabulary/amounts.js';
import type { Dimension } from '../../../vocabulary/units.js';

/** What one pack holds, in each base that its label tells: grams, millilitres, pieces. Null: not told. */
export type Pack = Readonly<Record<Dimension, number | null>>;

/** Grams, millilitres or pieces that a pack on a shelf can hold; anything else is a slip of the label. */
const [LEAST, MOST] = [0.1, 1e6];

/** Containers that stand in a pack of several. */
export const SINGLES: ReadonlySet<string> = new Set(['can', 'bottle', 'roll', 'bar', 'pod', 'pack', 'multipack']);

/** What the text of a size says of one pack. */
export function packIn(text: string): Pack {
  const pack: Record<Dimension, number | null> = { mass: null, volume: null, count: null };
  const { size, also, count, counted, container } = amountsIn(text);
  // A bunch or a bag is one of what is sold, and no piece of it.
  const isPieces = counted === 'piece' || counted === 'part' || (counted === 'pack' && SINGLES.has(container ?? ''));
  const pieces = count !== null && isPieces ? { dimension: 'count' as const, amount: count } : null;
  for (const told of [size, also, pieces])
    if (told && told.amount >= LEAST && told.amount <= MOST) pack[told.dimension] ??= told.amount;
  return pack;
}

export const tells = (pack: Pack): boolean => pack.mass !== null || pack.volume !== null || pack.count !== null;

/** Bunches that a size or a name states ("1 bunch"); null where none is. */
export function bunchesIn(text: string): number | null {
  const { count, container } = amountsIn(text);
  return container === 'bunch' ? count : null;
}
