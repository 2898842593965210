import type { CartLine, QuoteLine, Substitution } from '../provider.js';
import type { CandidateProduct } from './candidate.js';
import { rank, type Match, type Ranked } from './ranking.js';
import { isVague } from './relations.js';
import type { Want } from './reading.js';

export type { CandidateProduct };

/** Below this a match is a guess. */
const SURE = 0.5;
const MAX_EVIDENCE = 12;
const MOST_ALTERNATIVES = 3;

/**
 * What a line gets that says nothing of substitution. US grocery services replace what is out by the best match unless told
 * otherwise; 20 % is what a shopper accepts without being asked. It is only ever the same food, and the status says so.
 */
const USUAL_SUBSTITUTION: Substitution = { policy: 'similar', maxPriceIncreasePercent: 20 };

/**
 * The product to buy for a line. Pure, total and independent of the order of the candidates.
 *
 * `matched`: every word asked for stands on it, nothing turns it into another thing, dietary words are stated, no allergen to avoid is
 * implied, it is in stock (or the provider does not tell), and whole packs cover the need. `substituted`: the same food in another
 * brand, variety or form, as the line's policy allows. `ambiguous`: the words fit several things or none well, or nobody can read the unit,
 * which is named, or the line says not to buy it; the alternatives are to choose from. `missing`: nothing fits; the evidence counts why. The last two have no price.
 */
export function chooseProduct(line: CartLine, candidates: readonly CandidateProduct[]): QuoteLine {
  const ranked = rank(line, candidates);
  if (ranked.want.negated) return unserved(line, 'ambiguous', ['line:negated'], []);
  const [best] = ranked.matches;
  const others = (chosen?: Match) => ranked.matches.filter((match) => match !== chosen).slice(0, MOST_ALTERNATIVES);
  const { unread } = ranked.want.need;
  if (best && unread !== null) return unserved(line, 'ambiguous', [`unit:unread:${unread}`], others());
  if (best && best.fit.differs.length === 0) {
    if (isVague(ranked.want.terms) && differ(ranked.matches))
      return unserved(line, 'ambiguous', ['name:vague'], others());
    if (ranked.want.doubts.length > 0)
      return unserved(
        line,
        'ambiguous',
        ranked.want.doubts.map((word) => `diet:unread:${word}`),
        others(),
      );
    if (isOtherCount(ranked.want.need, best))
      return unserved(line, 'ambiguous', ['size:untold', ...best.fit.evidence], others());
    if (best.fit.asks) return unserved(line, 'ambiguous', ['label:to-be-read', ...best.fit.evidence], others());
    if (best.confidence < SURE) return unserved(line, 'ambiguous', ['confidence:low', ...best.fit.evidence], others());
    return served(line, 'matched', best, [], others(best));
  }
  const substitute = substituteOf(line, ranked, candidates);
  if ('match' in substitute)
    return served(line, 'substituted', substitute.match, substitute.evidence, others(substitute.match));
  const missing = unserved(line, 'missing', [...substitute.evidence, ...whyNot(ranked.refusals)], others());
  return { ...missing, alternatives: [...missing.alternatives, ...nearly(ranked)].slice(0, MOST_ALTERNATIVES) };
}

/** What was refused for what it is and could still be what somebody takes instead, with why it is not the same. */
const nearly = ({ near }: Ranked): QuoteLine['alternatives'] =>
  near.map(({ product, why }) => alternativeOf(product, [why]));

type Substitute = { match: Match; evidence: string[] } | { evidence: string[] };

function substituteOf(line: CartLine, ranked: Ranked, candidates: readonly CandidateProduct[]): Substitute {
  const { policy, productNames = [], maxPriceIncreasePercent } = line.substitution ?? USUAL_SUBSTITUTION;
  if (policy === 'never') return { evidence: ['substitution:never'] };
  if (policy === 'list') {
    for (const name of productNames) {
      const [found] = rank({ ...line, name, brand: undefined }, candidates).matches;
      if (found && found.fit.differs.length === 0 && !found.fit.asks && found.confidence >= SURE)
        return { match: found, evidence: ['substitution:list'] };
    }
    return { evidence: ['substitution:list-not-found'] };
  }
  const reference = ranked.outOfStock.find(({ fit }) => fit.differs.length === 0) ?? null;
  // Frozen for fresh is for the shopper to say: another form is taken only where the line allows for something similar.
  const isTold = line.substitution !== undefined;
  const sure = ranked.matches.filter(
    ({ confidence, fit }) =>
      confidence >= SURE && !fit.asks && (isTold || !fit.differs.some((one) => one.startsWith('form:'))),
  );
  const limit = maxPriceIncreasePercent ?? USUAL_SUBSTITUTION.maxPriceIncreasePercent!;
  // A limit that the shopper set cannot be kept without a price to hold it against.
  if (reference === null && line.substitution?.maxPriceIncreasePercent !== undefined)
    return { evidence: ['substitution:no-reference-price'] };
  const match = sure.find((candidate) => reference === null || increase(candidate, reference) <= limit / 100);
  if (match) {
    return {
      match,
      evidence: ['substitution:similar', reference === null ? 'price:no-reference' : `price:<=${limit}%`],
    };
  }
  return { evidence: [sure.length > 0 ? `substitution:dearer-than-${limit}%` : 'substitution:none-similar'] };
}

/** How much dearer, as a share: on a common base where both labels tell one, else for the whole need. */
function increase(match: Match, reference: Match): number {
  const [own, other] = [match.centsPerBase, reference.centsPerBase];
  const [price, before] =
    own && other && own.base === other.base ? [own.cents, other.cents] : [match.costCents, reference.costCents];
  return before > 0 ? price / before - 1 : 0;
}

/** What packs that tell a number alone hold singles of at most, in millilitres or grams: cans and small bottles. */
const MOST_UNTOLD = 750;

/** Large bottles were asked for, and packs come that tell no size: eight cans are not six bottles of 1.5 l. */
const isOtherCount = ({ amount, singles }: Want['need'], { cover }: Match): boolean =>
  cover.size === 'unknown' &&
  amount !== null &&
  amount.dimension !== 'count' &&
  singles !== null &&
  amount.amount / singles > MOST_UNTOLD;

/** Two matches that are no two sizes or brands of one thing. */
function differ(matches: readonly Match[]): boolean {
  return matches.some(
    ({ fit, product }) => fit.cost !== matches[0]!.fit.cost || product.name !== matches[0]!.product.name,
  );
}

function whyNot(refusals: ReadonlyMap<string, number>): string[] {
  return [...refusals]
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([reason, count]) => `refused:${reason}:${count}`);
}

function served(
  line: CartLine,
  status: 'matched' | 'substituted',
  { product, cover, confidence, costCents, fit, centsPerBase }: Match,
  evidence: readonly string[],
  others: readonly Match[],
): QuoteLine {
  const told = [
    ...evidence,
    ...fit.evidence,
    cover.size === 'unknown' ? 'size:unknown' : `size:${cover.packs}x ${product.size ?? 'pack'}`,
    ...(cover.size === 'assumed' ? ['size:density-assumed'] : []),
    ...(centsPerBase ? [`unit-price:${centsPerBase.cents.toPrecision(3)}c/${centsPerBase.base}`] : []),
    ...(product.inStock === null ? ['stock:unknown'] : []),
  ];
  return {
    lineId: line.id,
    status,
    productId: product.productId,
    productName: product.name,
    brand: product.brand,
    packSize: product.size,
    packs: cover.packs,
    unitPriceCents: product.priceCents,
    lineTotalCents: costCents,
    confidence,
    evidence: told.slice(0, MAX_EVIDENCE),
    surplus: cover.surplus,
    alternatives: alternatives(others),
  };
}

function unserved(
  line: CartLine,
  status: 'missing' | 'ambiguous',
  evidence: readonly string[],
  others: readonly Match[],
): QuoteLine {
  return {
    lineId: line.id,
    status,
    productId: null,
    productName: null,
    brand: null,
    packSize: null,
    packs: 0,
    unitPriceCents: null,
    lineTotalCents: null,
    confidence: 0,
    surplus: null,
    evidence: evidence.slice(0, MAX_EVIDENCE),
    alternatives: alternatives(others),
  };
}

const alternatives = (others: readonly Match[]): QuoteLine['alternatives'] =>
  others.map(({ product, fit, cover }) =>
    alternativeOf(product, [...fit.differs, ...(cover.packs > 1 ? [`size:${cover.packs}x`] : [])]),
  );

const alternativeOf = (product: CandidateProduct, why: readonly string[]): QuoteLine['alternatives'][number] => ({
  productId: product.productId,
  productName: product.name,
  unitPriceCents: product.priceCents,
  why: why.slice(0, 4),
});
