import { amountsIn } from '../../../vocabulary/amounts.js';
import type { Dimension } from '../../../vocabulary/units.js';

/** What one pack holds, in each base that its label tells: grams, millilitres, pieces. Null: not told. */
export type Pack = Readonly<Record<Dimension, number | null>>;

/** Grams, millilitres or pieces that a pack on a shelf can hold; anything else is a slip of the label. */
const [LEAST, MOST] = [0.1, 1e6];

/** What the text of a size says of one pack. */
export function packIn(text: string): Pack {
  const pack: Record<Dimension, number | null> = { mass: null, volume: null, count: null };
  const { size, also, count, counted } = amountsIn(text);
  const pieces = count !== null && counted !== 'number' ? { dimension: 'count' as const, amount: count } : null;
  for (const told of [size, also, pieces])
    if (told && told.amount >= LEAST && told.amount <= MOST) pack[told.dimension] ??= told.amount;
  return pack;
}

export const tells = (pack: Pack): boolean => pack.mass !== null || pack.volume !== null || pack.count !== null;
