import { unitMicrosOf, type BaseUnit, type Pack } from './observation.js';
import { ENOUGH, medianOf } from './verdict.js';

/**
 * When a price that is watched has crossed its line: a pure function of the line, the side on which the price stood, and the price. It is
 * below at the line or under it, and above again only once it is dearer by the hysteresis; between the two it stays where it was, so that
 * a price that trembles around the line is told once. What was never seen before and is below is a drop.
 */
export type Side = 'below' | 'above';
export type Direction = 'drop' | 'rise' | 'both';
export type Crossing = 'dropped' | 'raised';

/** Where the line is: a price for so much (of one pack where no amount is told), a share of what is usual, or a percentile of what was seen. */
export type Below = { cents: number; pack: Pack | null } | { share: number } | { percentile: number };

interface Seen {
  unitMicros: number;
  unit: BaseUnit;
  currency: string;
}

/** The line in millionths of a cent of the base of `price`; null where it has none, for another base or too little that was seen. */
export function lineFor(below: Below, price: Pack & { currency: string }, seen: readonly Seen[]): number | null {
  if ('cents' in below) {
    if (below.pack !== null && below.pack.unit !== price.unit) return null;
    return unitMicrosOf(below.cents, below.pack ?? price);
  }
  const alike = seen
    .filter(({ unit, currency }) => unit === price.unit && currency === price.currency)
    .toSorted((a, b) => a.unitMicros - b.unitMicros);
  if (alike.length < ENOUGH) return null;
  if ('share' in below) return Math.round(medianOf(alike)! * below.share);
  // The dearest of the cheapest: a share of `percentile` of all is at it or above.
  const at = Math.floor((1 - below.percentile) * (alike.length - 1));
  return alike[at]!.unitMicros;
}

export function crossed(
  unitMicros: number,
  { line, hysteresis, direction }: { line: number; hysteresis: number; direction: Direction },
  before: Side | null,
): { side: Side; crossing: Crossing | null } {
  const side: Side =
    unitMicros <= line ? 'below' : unitMicros > line * (1 + hysteresis) ? 'above' : (before ?? 'above');
  if (side === before) return { side, crossing: null };
  if (side === 'below') return { side, crossing: direction === 'rise' ? null : 'dropped' };
  return { side, crossing: before === null || direction === 'drop' ? null : 'raised' };
}
