import { toBase, type Amount } from '../../common/units.js';
import type { CartLine, QuoteLine, QuoteResult } from './provider.js';
import { fail } from './answers.js';

/** One product that a provider offers for a line, in the house's terms. */
export interface CandidateProduct {
  productId: string;
  name: string;
  brand: string | null;
  /** Size of a pack as the provider writes it, e.g. "1 gal" or "12 ct". */
  size: string | null;
  categories: string[];
  priceCents: number | null;
  soldByWeight: boolean;
  /** Null: the provider does not tell. */
  inStock: boolean | null;
}

interface Judged {
  product: CandidateProduct;
  confidence: number;
  packs: number;
  surplus: number | null;
  costCents: number;
  evidence: string[];
}

const SURE = 0.5;
/** Words that make another thing of what they stand beside, unless they were asked for. */
const TURNING = new Set(
  [
    'almond',
    'oat',
    'soy',
    'coconut',
    'cashew',
    'rice',
    'chocolate',
    'strawberry',
    'vanilla',
    'candy',
    'flavored',
    'powder',
    'powdered',
  ].concat([
    'substitute',
    'free',
    'bread',
    'chips',
    'cookie',
    'cake',
    'sauce',
    'soup',
    'juice',
    'dried',
    'frozen',
    'canned',
    'baby',
    'buttermilk',
    'evaporated',
    'condensed',
    'muffin',
    'cereal',
    'bar',
    'salad',
  ]),
);
/** Diet words that were asked for must be there: the wrong diet is worse than nothing. */
const DIET = ['organic', 'vegan', 'gluten', 'lactose', 'unsweetened', 'decaf', 'kosher', 'halal'];

/**
 * The product to buy for a line: every asked-for word present, nothing that turns it into another thing, in stock, whole packs
 * that cover the need, then the lowest cost. Pure. Lines nobody serves are `missing`.
 */
export function chooseProduct(line: CartLine, candidates: readonly CandidateProduct[]): QuoteLine {
  const judged = candidates
    .flatMap((product) => judge(line, product) ?? [])
    .sort(
      (a, b) =>
        b.confidence - a.confidence ||
        a.costCents - b.costCents ||
        (a.product.productId < b.product.productId ? -1 : 1),
    );
  const best = judged.find(({ confidence }) => confidence >= SURE);
  const alternatives = judged.filter((other) => other !== best).slice(0, 2);
  const shared = {
    lineId: line.id,
    alternatives: alternatives.map(({ product }) => ({
      productId: product.productId,
      productName: product.name,
      unitPriceCents: product.priceCents,
    })),
  };
  if (!best) {
    const nothing = { productId: null, productName: null, brand: null, packSize: null, unitPriceCents: null };
    return {
      ...shared,
      ...nothing,
      status: 'missing',
      packs: 0,
      lineTotalCents: null,
      confidence: 0,
      evidence: [],
      surplus: null,
    };
  }
  const { product, packs, costCents, confidence, evidence, surplus } = best;
  return {
    ...shared,
    status: 'matched',
    productId: product.productId,
    productName: product.name,
    brand: product.brand,
    packSize: product.size,
    packs,
    unitPriceCents: product.priceCents,
    lineTotalCents: costCents,
    confidence,
    evidence,
    surplus,
  };
}

function judge(line: CartLine, product: CandidateProduct): Judged | null {
  if (product.priceCents === null || product.inStock === false) return null;
  const wanted = wordsOf(`${line.name} ${line.brand ?? ''}`);
  const offered = new Set(wordsOf(`${product.name} ${product.brand ?? ''} ${product.categories.join(' ')}`));
  const named = wordsOf(product.name);
  const found = wanted.filter((word) => offered.has(word));
  if (found.length === 0 || DIET.some((word) => wanted.includes(word) && !offered.has(word))) return null;
  if (named.some((word) => TURNING.has(word) && !wanted.includes(word))) return null;
  const coverage = found.length / wanted.length;
  const precision = found.length / Math.max(1, named.length);
  const cover = packsFor(line, product);
  const confidence = Math.round((0.75 * coverage + 0.15 * precision + 0.1 * (cover.sized ? 1 : 0)) * 1000) / 1000;
  return {
    product,
    confidence,
    packs: cover.packs,
    surplus: cover.surplus,
    costCents: Math.round(product.priceCents * cover.times),
    evidence: [`name:${found.length}/${wanted.length}`, cover.sized ? `size:${product.size}` : 'size:unknown'],
  };
}

/** Whole packs that cover the need (weighed goods: the exact amount), and what is left over in the unit asked for. */
function packsFor(
  line: CartLine,
  product: CandidateProduct,
): { packs: number; times: number; surplus: number | null; sized: boolean } {
  const need = toBase(line.quantity, line.unit);
  const pack = packAmount(product);
  const whole = Math.ceil(line.quantity);
  if (!need || !pack || need.dimension !== pack.dimension)
    return { packs: whole, times: whole, surplus: null, sized: false };
  const exact = need.amount / pack.amount;
  if (product.soldByWeight) return { packs: 1, times: exact, surplus: 0, sized: true };
  const packs = Math.max(1, Math.ceil(exact - 1e-6));
  const surplus = Math.round(((packs - exact) / exact) * line.quantity * 1000) / 1000;
  return { packs, times: packs, surplus: Math.max(0, surplus), sized: true };
}

/** "2 lb", "12 ct", "64 fl oz" or "per lb" as an amount. */
function packAmount(product: CandidateProduct): Amount | null {
  const text = product.size?.toLowerCase() ?? '';
  const per = /^(?:per|\/)\s*([a-z ]+)$/.exec(text.trim());
  if (per) return toBase(1, per[1]!.trim());
  const sized = /(\d+(?:\.\d+)?)\s*(fl oz|[a-z]+)/.exec(text);
  return sized ? toBase(Number(sized[1]), sized[2]!) : null;
}

function wordsOf(text: string): string[] {
  const words =
    text
      .toLowerCase()
      .replace(/\d+(\.\d+)?%/g, (percent) => percent.replace('%', 'percent'))
      .match(/[a-z0-9]+/g) ?? [];
  return words.map((word) => (word.length > 3 ? word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1') : word));
}

export interface QuoteParts {
  lines: QuoteLine[];
  feesCents: number | null;
  taxCents: number | null;
  deliveryCents: number | null;
  deliveryMinutes: { min: number; max: number } | null;
  commissionCents: number | null;
  store: { id: string; name: string } | null;
  handoffUrl: string | null;
  simulated: boolean;
  providerReference: string | null;
}

/** A provider's prices hold five minutes here, the time quotes are cached for. */
const VALID_MS = 5 * 60_000;

/** The normalised quote of a cart's lines; `no_match` when not a single line is served. Amounts add up by construction. */
export function assembleQuote(parts: QuoteParts): QuoteResult {
  const served = parts.lines.filter((line) => line.lineTotalCents !== null);
  if (served.length === 0) return fail('no_match', 'not a single line of the cart could be matched');
  const itemsCents = served.reduce((sum, line) => sum + line.lineTotalCents!, 0);
  const { feesCents, taxCents, deliveryCents } = parts;
  const unknown = { fees: feesCents, tax: taxCents, delivery: deliveryCents };
  const now = Date.now();
  return {
    ok: true,
    offer: {
      kind: 'quote',
      status: served.length === parts.lines.length ? 'complete' : 'partial',
      currency: 'USD',
      itemsCents,
      totalCents: itemsCents + (feesCents ?? 0) + (taxCents ?? 0) + (deliveryCents ?? 0),
      unknownParts: (['fees', 'tax', 'delivery'] as const).filter((part) => unknown[part] === null),
      observedAt: new Date(now).toISOString(),
      expiresAt: new Date(now + VALID_MS).toISOString(),
      ...parts,
    },
  };
}
