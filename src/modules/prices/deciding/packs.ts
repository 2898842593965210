import { amountsIn } from '../../../vocabulary/amounts.js';
import { toBase, type Amount } from '../../../vocabulary/units.js';
import type { BaseUnit, Pack } from './observation.js';

const UNITS: Readonly<Record<Amount['dimension'], BaseUnit>> = { mass: 'g', volume: 'ml', count: 'each' };
const ONE: Pack = { amount: 1, unit: 'each' };
/** Beyond this no pack of a shop is, and a figure is a misreading. */
const MOST = 1e6;

/** A pack by its size ("64 fl oz"), or by the size in its name where it has none; one piece where neither tells. Pure. */
export function packOf(size: string | null, name: string | null): Pack {
  for (const text of [size, name]) {
    const pack = text === null ? null : told(text);
    if (pack) return pack;
  }
  return ONE;
}

/** So much of a unit ("2", "lb"), or null where the unit is no measure. */
export function measured(amount: number, unit: string): Pack | null {
  const base = toBase(amount, unit);
  return base && fit({ amount: base.amount, unit: UNITS[base.dimension] });
}

function told(text: string): Pack | null {
  const { size, count, counted } = amountsIn(text);
  if (size) return fit({ amount: size.amount, unit: UNITS[size.dimension] });
  // "12 ct" is twelve; "2 cans" without a size are two of what nobody weighed.
  return count !== null && counted !== 'part' ? fit({ amount: count, unit: 'each' }) : null;
}

const fit = (pack: Pack): Pack | null => (pack.amount > 0 && pack.amount <= MOST ? pack : null);
