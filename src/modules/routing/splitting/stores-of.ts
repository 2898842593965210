import type { BasketTerms, Quote } from '../../providers/provider.js';
import { ASSUMED, isServed } from '../deciding/contender.js';
import { CHARGE_PARTS, flat, shareOf, type Charge, type ChargePart } from './charges.js';
import type { Store } from './problem.js';
import { UNKNOWNS, type SplitWish, type Unknown } from './split.js';

/** A provider's quote as a store to buy some of the cart at. Pure. */
export interface Offer {
  store: Store;
  /** What is not told for baskets other than the one that was quoted. */
  unknown: readonly Unknown[];
}

/** One in a hundred is so many millionths; a basis point a hundred. */
const PPM_OF_BPS = 100;

/** The lines of a cart, in the order of the quote that names the most. */
export function linesOf(quotes: readonly Quote[]): string[] {
  const byLength = [...quotes].sort((one, other) => other.lines.length - one.lines.length);
  return [...new Set(byLength.flatMap(({ lines }) => lines.map(({ lineId }) => lineId)))];
}

/** `isFree`: what is not told counts as nothing, for a bound; else as a contender's does. */
export function offerOf(id: string, quote: Quote, lines: readonly string[], wish: SplitWish, isFree: boolean): Offer {
  const byId = new Map(quote.lines.map((line) => [line.lineId, line]));
  const parts = CHARGE_PARTS.filter((part) => part !== 'delivery' || wish.mode === 'delivery');
  const told = quote.terms;
  const charges = parts.flatMap((part) => chargesOf(part, told) ?? (isFree ? [] : [assumedCharge(part)]));
  return {
    store: {
      id,
      cents: lines.map((line) => {
        const quoted = byId.get(line);
        return quoted && isServed(quoted) ? quoted.lineTotalCents : null;
      }),
      minimumCents: told?.minimumCents ?? 0,
      charges,
      stopCents: wish.stopCostCents + wayCents(quote, wish, isFree),
    },
    unknown: UNKNOWNS.filter((part) => {
      if (part === 'distance') return isFetched(wish) && quote.store?.distanceKm === undefined;
      return part === 'minimum' ? told?.minimumCents == null : parts.includes(part) && chargesOf(part, told) === null;
    }),
  };
}

/** Whether the caller goes to the store, and a km costs something. */
const isFetched = ({ mode, perKmCents = 0 }: SplitWish): boolean => mode === 'pickup' && perKmCents > 0;

/** There and back, from home each time: no way round all of them is longer. */
function wayCents({ store }: Quote, wish: SplitWish, isFree: boolean): number {
  if (!isFetched(wish)) return 0;
  return Math.ceil(2 * (store?.distanceKm ?? (isFree ? 0 : ASSUMED_KM)) * wish.perKmCents! - HAIR);
}
const HAIR = 1e-9;
/** A store whose distance nobody tells. */
const ASSUMED_KM = 10;

/** Null where it is not told. */
function chargesOf(part: ChargePart, terms: BasketTerms | undefined): Charge[] | null {
  const told = terms?.charges.filter((charge) => charge.part === part) ?? [];
  return told.length > 0 ? told : null;
}

const assumedCharge = (part: ChargePart): Charge => {
  if (part === 'delivery') return flat(part, ASSUMED.deliveryCents);
  return shareOf(part, (part === 'fees' ? ASSUMED.feesBps : ASSUMED.taxBps) * PPM_OF_BPS);
};
