import { amountsIn, type Read } from '../../../vocabulary/amounts.js';
import type { Measure } from '../../../vocabulary/measures.js';
import { unitNamed, type Amount } from '../../../vocabulary/units.js';
import { SINGLES, type Pack } from './sizes.js';

/** How much a line asks for. */
export interface Need {
  /** In a base; null when it is told in packs, or in a measure that no shop knows (a pinch). */
  amount: Amount | null;
  /** Whole packs to buy when `amount` is null or cannot be compared with a pack: as many as pieces, one of what is weighed out. */
  packs: number;
  /** Single ones, should a pack hold several: four tins are four packs of one, and one of four. */
  singles: number | null;
  /** The quantity of the line, in whose unit a surplus is told. */
  quantity: number;
  /** The shopper told no size at all: any usual pack will do. */
  open: boolean;
  /** Asked for by the bag: no loose piece. */
  bagged: boolean;
  /** A unit that nobody can read. */
  unread: string | null;
  /** Bunches asked for; null when it is told otherwise. */
  bunches: number | null;
}

/** Recipes count by them: "12 large" eggs, "2 medium" bananas. */
const SIZES_OF_PIECES = /^(?:extra[- ])?(?:small|medium|med|large|lg|sm)(?:[- ]sized)?\.?$/i;

/** A number alone of less than this is one of packs: "milk 2". */
const LEAST_SINGLES = 4;

/**
 * The need of a line: its unit where that is a measure, otherwise what its name states, times its quantity ("5 lb bag of potatoes", 2
 * each; "2 x 400g tins", 1). Without a unit the quantity counts packs, but many of what people count by the piece are pieces: 30 eggs.
 */
export function needOf(quantity: number, unitText: string | null, read: Read, measure: Measure): Need {
  const text = (unitText ?? '').trim();
  const unit = text === '' ? null : unitNamed(SIZES_OF_PIECES.test(text) ? 'each' : text);
  const sized = text === '' || unit ? null : amountsIn(text).size;
  const container = unit?.name ?? read.container;
  const bagged = container === 'bag';
  const bunches = container === 'bunch' ? quantity * (unit ? 1 : (read.count ?? 1)) : null;
  const base = { packs: 1, singles: null, quantity, open: false, bagged, unread: null, bunches };
  if (sized) return { ...base, amount: times(sized, quantity) };
  if (text !== '' && !unit) return { ...base, amount: null, open: true, unread: text };
  if (unit?.kind === 'measure' && unit.dimension !== 'count')
    return { ...base, amount: { dimension: unit.dimension, amount: quantity * unit.factor } };
  const pieces = unit?.kind === 'measure' || unit?.kind === 'piece' ? quantity * unit.factor : null;
  const stated = read.counted === 'piece' && read.count !== null ? read.count : null;
  // "Dozen eggs", 12 each, are twelve eggs; 2 each are two dozen.
  const isOfThem = pieces !== null && (unit!.factor > 1 || (read.size === null && stated === null));
  if (pieces !== null && (isOfThem || (stated !== null && quantity >= stated)))
    return { ...base, amount: { dimension: 'count', amount: pieces }, packs: Math.ceil(pieces) };
  if (unit?.kind === 'part') return { ...base, amount: null, open: true };
  const isOfPieces = text === '' && quantity >= LEAST_SINGLES && measure.gramsPerPiece !== null;
  const need = { ...statedNeed(quantity, unit?.name ?? null, read), bunches };
  return isOfPieces && need.amount === null && need.singles === null ? { ...need, singles: quantity } : need;
}

/** Two packs are two, whatever is in them; two cans may be two of a pack of six. */
const isSingle = (container: string): boolean => SINGLES.has(container) && !container.endsWith('pack');

/** In packs, of what the name states. */
function statedNeed(
  quantity: number,
  inUnit: string | null,
  { size, count, counted, container }: Read,
): Omit<Need, 'bunches'> {
  const bagged = inUnit === 'bag' || container === 'bag';
  const base = { packs: Math.ceil(quantity), singles: null, quantity, open: false, bagged, unread: null };
  if (size)
    return {
      ...base,
      amount: times(size, quantity),
      packs: Math.ceil(quantity * (counted === 'piece' ? 1 : (count ?? 1))),
      singles: count && quantity * count,
    };
  const number = quantity * (count ?? 1);
  if (count === null || counted === 'part')
    return {
      ...base,
      packs: counted === 'part' ? 1 : base.packs,
      amount: null,
      open: true,
      singles: inUnit !== null && isSingle(inUnit) && quantity > 1 ? quantity : null,
    };
  const packs = Math.ceil(number);
  if (counted === 'piece') return { ...base, amount: { dimension: 'count', amount: number }, packs };
  const isOfSingles = counted === 'number' ? number >= LEAST_SINGLES : container !== null && isSingle(container);
  return { ...base, amount: null, packs, open: true, singles: isOfSingles ? number : null };
}

const times = ({ dimension, amount }: Amount, quantity: number): Amount => ({ dimension, amount: amount * quantity });

/** How many packs a need takes. */
export interface Cover {
  packs: number;
  /** Price of one pack times this is the price of all: fractional only for weighed goods. */
  times: number;
  /** Left over, in the unit of the line; null when it cannot be told. */
  surplus: number | null;
  /** Left over as a share of the need; 0 when it cannot be told. */
  waste: number;
  /** `told` by the label, `assumed` by WATER, or `unknown`. */
  size: 'told' | 'assumed' | 'unknown';
}

/** Grams per millilitre of what nobody measured: ounces and fluid ounces are told for one another on many labels. */
const WATER = 1;

/** A hair under a whole pack is a whole pack: 16 oz are 1 lb in every shop, whatever the last digit says. */
const TOLERANCE = 0.005;

/** What weighs so much on average weighs a little more or less: three pounds are one pack of some 2.9. */
const AVERAGE_TOLERANCE = 0.05;

/** Whole packs that cover the need, and what is left over; weighed goods to the weight asked for. */
export function coverOf(
  need: Need,
  pack: Pack,
  measure: Measure,
  weighed: { pieceGrams: number | null } | null,
): Cover {
  if (weighed) return weighedCover(need, measure, weighed.pieceGrams);
  if (need.amount === null) {
    const { singles } = need;
    const pieces = singles === null ? null : piecesIn(pack, measure);
    if (singles === null || pieces === null || pieces <= 1) return packed(need, 'told');
    const packs = Math.ceil(singles / pieces);
    const waste = (packs * pieces) / singles - 1;
    return { ...packed({ ...need, packs }, 'told'), waste, surplus: rounded(waste * need.quantity) };
  }
  const told = comparable(need.amount, pack, measure);
  const held = told ?? comparable(need.amount, pack, { ...measure, gramsPerMl: measure.gramsPerMl ?? WATER });
  if (held === null) {
    const packs = need.singles !== null && pack.count !== null ? Math.ceil(need.singles / pack.count) : need.packs;
    return packed({ ...need, packs }, 'unknown');
  }
  const exact = need.amount.amount / held;
  const packs = Math.max(1, Math.ceil(exact - TOLERANCE));
  const waste = Math.max(0, packs / exact - 1);
  const surplus = rounded(waste * need.quantity);
  return { packs, times: packs, surplus, waste, size: told === null ? 'assumed' : 'told' };
}

/** Five apples are in a bag of three pounds. */
function piecesIn({ count, mass }: Pack, { gramsPerPiece }: Measure): number | null {
  if (count !== null) return count;
  return mass === null || gramsPerPiece === null ? null : Math.floor(mass / gramsPerPiece + AVERAGE_TOLERANCE);
}

const packed = ({ packs }: Need, size: Cover['size']): Cover => ({
  packs,
  times: packs,
  surplus: null,
  waste: 0,
  size,
});

/**
 * Priced by the pound. Pieces weigh what the label says of one, else what such a piece usually weighs, and are paid for whole: the weight
 * of all that are bought. Without such a weight it is weighed out as asked for.
 */
function weighedCover(need: Need, measure: Measure, labelled: number | null): Cover {
  const grams = labelled ?? measure.gramsPerPiece;
  const wanted = wantedGrams(need, measure, grams);
  if (wanted !== null) {
    if (grams === null) return { packs: 1, times: wanted / POUND, surplus: 0, waste: 0, size: 'told' };
    const packs = Math.max(1, Math.ceil(wanted / grams - AVERAGE_TOLERANCE));
    const waste = Math.max(0, (packs * grams) / wanted - 1);
    return { packs, times: (packs * grams) / POUND, surplus: rounded(waste * need.quantity), waste, size: 'told' };
  }
  const each = grams === null ? 1 : grams / POUND;
  return { ...packed(need, need.amount === null ? 'told' : 'unknown'), times: need.packs * each };
}

function wantedGrams({ amount, bunches }: Need, measure: Measure, pieceGrams: number | null): number | null {
  if (amount !== null) return massOf(amount, measure, pieceGrams);
  return bunches === null || measure.gramsPerBunch === null ? null : bunches * measure.gramsPerBunch;
}

const POUND = 453.59237;
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function massOf({ dimension, amount }: Amount, { gramsPerMl }: Measure, pieceGrams: number | null): number | null {
  if (dimension === 'mass') return amount;
  const factor = dimension === 'volume' ? gramsPerMl : pieceGrams;
  return factor === null ? null : amount * factor;
}

/** What a pack holds in the dimension of the need; by the food's density or piece weight where the label tells another one. */
function comparable({ dimension }: Amount, pack: Pack, measure: Measure): number | null {
  const told = pack[dimension];
  if (told !== null) return told;
  const { gramsPerMl, gramsPerPiece } = measure;
  const packed = measure.gramsPerSoldMl ?? gramsPerMl;
  const grams =
    pack.mass ??
    (pack.volume !== null && packed !== null ? pack.volume * packed : null) ??
    (pack.count !== null && gramsPerPiece !== null ? pack.count * gramsPerPiece : null);
  if (grams === null || dimension === 'mass') return grams;
  const factor = dimension === 'volume' ? gramsPerMl : gramsPerPiece;
  return factor === null ? null : grams / factor;
}
