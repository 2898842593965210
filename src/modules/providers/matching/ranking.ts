import type { CartLine } from '../provider.js';
import type { CandidateProduct } from './candidate.js';
import { fitOf, type Fit } from './fit.js';
import { mayStandFor } from './families.js';
import { coverOf, type Cover } from './need.js';
import { offerOf, wantOf, type Offer, type Want } from './reading.js';
import { safetyOf } from './safety.js';
import type { Pack } from './sizes.js';

/** A product that could serve a line. */
export interface Match {
  product: CandidateProduct;
  fit: Fit;
  cover: Cover;
  confidence: number;
  costCents: number;
  /** Price of a gram, a millilitre or a piece; null when the label tells no size. */
  centsPerBase: { cents: number; base: 'g' | 'ml' | 'each' } | null;
}

export interface Ranked {
  want: Want;
  /** Can be bought now, best first. */
  matches: Match[];
  /** Would answer, but is known to be out of stock, cheapest first: the measure of what a substitute may cost. */
  outOfStock: Match[];
  /** Refused for what they are, and yet of the same food or its family: the nearest first. */
  near: { product: CandidateProduct; why: string }[];
  /** How often each reason refused a candidate. */
  refusals: Map<string, number>;
}

/**
 * All candidates of a line, best first: what differs from the line comes after what does not, and within both the least burden (see
 * `burdens`). A total order, whatever the order of the candidates.
 */
export function rank(line: CartLine, candidates: readonly CandidateProduct[]): Ranked {
  const want = wantOf(line);
  const refusals = new Map<string, number>();
  const refuse = (reason: string) => void refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
  const able: Able[] = [];
  const outOfStock: Match[] = [];
  const near: { product: CandidateProduct; why: string; common: number }[] = [];
  for (const product of candidates) {
    const offer = offerOf(product);
    const fit = fitOf(want, offer);
    if ('refused' in fit) {
      refuse(fit.refused);
      const isForSale = product.priceCents && product.inStock !== false;
      if (isForSale && OFFERED.test(fit.refused) && mayStandFor(want, offer) && isSafe(want, offer)) {
        const common = want.terms.filter((term) => offer.all.has(term));
        const isOfIt = offer.all.has(want.head) ? 1 : 0;
        near.push({ product, why: fit.refused, common: common.length + isOfIt });
      }
    } else if (product.priceCents === null || product.priceCents <= 0) refuse('price:unknown');
    else {
      const match = matchOf(want, offer, fit, product.priceCents);
      if (product.inStock === false) outOfStock.push(match);
      else able.push({ match, size: sizeOf(offer.pack) });
    }
  }
  if (outOfStock.length > 0) refusals.set('stock:out', outOfStock.length);
  outOfStock.sort((a, b) => a.costCents - b.costCents || byName(a.product, b.product));
  const burden = burdens(able, want.need);
  const matches = able
    .map(({ match }) => match)
    .sort(
      (a, b) =>
        Math.sign(a.fit.differs.length) - Math.sign(b.fit.differs.length) ||
        Number(a.fit.asks) - Number(b.fit.asks) ||
        burden.get(a)! - burden.get(b)! ||
        a.costCents - b.costCents ||
        byName(a.product, b.product),
    );
  near.sort(
    (a, b) => b.common - a.common || a.product.priceCents! - b.product.priceCents! || byName(a.product, b.product),
  );
  return { want, matches, outOfStock, near: near.slice(0, MOST_NEAR), refusals };
}

/** How it was grown is for the shopper to overrule; what an allergy or a diet asks for is never offered without. */
const GROWN = 'organic|cage_free|free_range|pasture_raised|grass_fed|wild_caught|non_gmo';
const OFFERED = new RegExp(`^(?:(?:name|form|other|not):|diet:(?:${GROWN})$)`);
const OF_GROWTH: ReadonlySet<string> = new Set(GROWN.split('|'));
const keepsDiet = ({ claims }: Want, offer: Offer): boolean =>
  [...claims].every((claim) => OF_GROWTH.has(claim) || offer.claims.has(claim));
const isSafe = (want: Want, offer: Offer): boolean =>
  keepsDiet(want, offer) && !('refused' in safetyOf(want.rules, offer.holdings));
const MOST_NEAR = 3;

interface Size {
  key: keyof Pack;
  amount: number;
}

interface Able {
  match: Match;
  size: Size | null;
}

function matchOf(want: Want, offer: Offer, fit: Fit, priceCents: number): Match {
  const { product } = offer;
  const pack = weighedPack(offer, want);
  const cover = coverOf(want.need, pack, want.measure, product.soldByWeight ? { pieceGrams: offer.pieceGrams } : null);
  const doubt = fit.cost + DOUBT[cover.size];
  return {
    product,
    fit,
    cover,
    confidence: Math.round(Math.max(0, 1 - doubt) * 1000) / 1000,
    costCents: Math.max(1, Math.round(priceCents * cover.times)),
    centsPerBase: perBase(product, pack, priceCents),
  };
}

/** A bunch weighs what such a bunch usually does: three bunches of kale for 560 g, never one. */
function weighedPack({ pack, bunches }: Offer, { measure }: Want): Pack {
  if (bunches === null || measure.gramsPerBunch === null) return pack;
  return { ...pack, mass: bunches * measure.gramsPerBunch };
}

const DOUBT = { told: 0, assumed: 0.05, unknown: 0.15 } as const;
const POUND = 453.59237;

function perBase({ soldByWeight }: CandidateProduct, pack: Pack, cents: number): Match['centsPerBase'] {
  if (soldByWeight) return { cents: cents / POUND, base: 'g' };
  if (pack.mass !== null) return { cents: cents / pack.mass, base: 'g' };
  if (pack.volume !== null) return { cents: cents / pack.volume, base: 'ml' };
  return pack.count === null ? null : { cents: cents / pack.count, base: 'each' };
}

/** What twice the price, and a pack of twice or half the usual size, weigh against doubts of the thing itself. */
const [PER_DOUBLE_PRICE, PER_DOUBLE_SIZE] = [0.08, 0.1];
/** Left over: up to a tenth, up to a half, more; and then what cannot be told. */
const wasteCost = ({ waste, size }: Cover): number =>
  size === 'unknown' ? 0.15 : waste <= 0.1 ? 0 : waste <= 0.5 ? 0.05 : 0.1;

/**
 * What speaks against each match, in one measure: doubts of what it is, what would be left over, and how much dearer it is than the
 * cheapest. A line that tells no size gets the size that most of its best candidates have, priced per gram, millilitre or piece: neither
 * the smallest nor the largest pack is what one means by "milk".
 */
function burdens(able: readonly Able[], { open, singles, bagged }: Want['need']): Map<Match, number> {
  // Two tins are two: what a pack holds of them says nothing of how large a tin should be.
  const isOfSingles = ({ size }: Able) => singles !== null && size?.key === 'count';
  const isOdd = (one: Able) => isOfSingles(one) || (bagged && isLoose(one));
  const usual = open ? usualSize(able.filter((one) => !isOdd(one))) : null;
  const priceOf = ({ match, size }: Able): number =>
    Math.max(1, usual && size?.key === usual.key ? (match.costCents * usual.amount) / size.amount : match.costCents);
  const cheapest = able.reduce((least, one) => Math.min(least, priceOf(one)), Infinity);
  return new Map(
    able.map((one) => {
      const { fit, cover } = one.match;
      const dearness = PER_DOUBLE_PRICE * Math.log2(priceOf(one) / cheapest);
      const strangeness = usual === null || isOfSingles(one) ? 0 : PER_DOUBLE_SIZE * doublings(one.size, usual);
      const looseness = bagged && isLoose(one) ? LOOSE : 0;
      return [one.match, Math.round((fit.cost + wasteCost(cover) + dearness + strangeness + looseness) * 1e6) / 1e6];
    }),
  );
}

/** One piece, where a bag of them was asked for. */
const LOOSE = 0.3;
const isLoose = ({ match: { product }, size }: Able): boolean =>
  product.soldByWeight || (size?.key === 'count' && size.amount === 1);

/** The size that most of the candidates with the fewest doubts have; of equals the smaller. */
function usualSize(able: readonly Able[]): Size | null {
  const least = able.reduce((lowest, { match }) => Math.min(lowest, match.fit.cost), Infinity);
  const counts = new Map<string, Size & { count: number }>();
  for (const { match, size } of able) {
    if (!size || match.fit.cost > least + 0.05) continue;
    const amount = Number(size.amount.toPrecision(3));
    const id = `${size.key} ${amount}`;
    counts.set(id, { key: size.key, amount, count: (counts.get(id)?.count ?? 0) + 1 });
  }
  const [first] = [...counts.values()].sort(
    (a, b) => b.count - a.count || compare(a.key, b.key) || a.amount - b.amount,
  );
  return first ?? null;
}

function sizeOf(pack: Pack): Size | null {
  for (const key of ['mass', 'volume', 'count'] as const) {
    const amount = pack[key];
    if (amount !== null) return { key, amount };
  }
  return null;
}

/** How often a pack doubles or halves the usual one; one that cannot be compared counts as far away. */
const doublings = (size: Size | null, usual: Size): number =>
  size?.key === usual.key ? Math.abs(Math.log2(size.amount / usual.amount)) : 3;

function byName(a: CandidateProduct, b: CandidateProduct): number {
  return (
    compare(a.productId, b.productId) ||
    compare(a.name, b.name) ||
    compare(a.size ?? '', b.size ?? '') ||
    compare(JSON.stringify(a), JSON.stringify(b))
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
