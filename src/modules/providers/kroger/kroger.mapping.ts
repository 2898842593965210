import { distanceKm, placeIn } from '../../../vocabulary/places.js';
import { toCents } from '../../../common/money.js';
import { keptOf } from '../../../common/kept.js';
import type { CandidateProduct } from '../matching/choose-product.js';
import type { QuoteLine, ShippingAddress } from '../provider.js';
import type { Products } from './kroger.wire.js';

/** How far a store is from where it is to be delivered to, where both are known. */
export function distanceOf(
  { country, postalCode }: Pick<ShippingAddress, 'country' | 'postalCode'>,
  store: { latitude: number; longitude: number } | undefined,
): { distanceKm?: number } {
  const place = store && placeIn(country, postalCode);
  return place ? { distanceKm: Math.round(distanceKm(place, store) * 10) / 10 } : {};
}

const MIN_TERM = 3;
const MAX_WORDS = 8;

/** Search text as Kroger takes it, at most 8 words; null when it has not the 3 characters they ask for. */
export function searchTerm(name: string): string | null {
  const term = name.trim().split(/\s+/).slice(0, MAX_WORDS).join(' ');
  return term.length < MIN_TERM ? null : term;
}

/** A candidate with its page on the chain's site. */
export interface KrogerCandidate extends CandidateProduct {
  /** Path without a host; null when they gave none. */
  page: string | null;
}

type Product = Products['data'][number];
type Item = Product['items'][number];

/** Their products in our terms, each once, or null when a stated price is no plausible one. */
export const candidatesOf = keptOf(candidates);

function candidates(reply: Products): KrogerCandidate[] | null {
  const byId = new Map<string, KrogerCandidate>();
  for (const product of reply.data) {
    const [item] = product.items;
    if (!item || byId.has(product.productId)) continue;
    const priceCents = effectiveCents(item.price);
    if (priceCents === undefined) return null;
    byId.set(product.productId, candidateOf(product, item, priceCents));
  }
  return [...byId.values()];
}

function candidateOf(product: Product, item: Item, priceCents: number | null): KrogerCandidate {
  return {
    productId: product.productId,
    name: product.description,
    brand: product.brand ?? null,
    size: item.size ?? null,
    categories: product.categories ?? [],
    priceCents,
    soldByWeight: item.soldBy?.toLowerCase() === 'weight',
    inStock: inStock(item),
    page: product.productPageURI ?? null,
  };
}

/**
 * What the shopper pays: a promo above 0, else the regular price. A promo of 0 is widely sent for "no promotion", and a regular price
 * of 0 or none, as in certification data, means unknown: null. Undefined when an amount is no plausible price.
 */
function effectiveCents(price: Item['price']): number | null | undefined {
  const [regular, promo] = [toCents(price?.regular ?? 0), toCents(price?.promo ?? 0)];
  if (regular === null || promo === null) return undefined;
  return promo > 0 ? promo : regular > 0 ? regular : null;
}

/** In lower case: they spell `instore` and `shiptohome` in both ways. */
const WAYS = new Set(['curbside', 'delivery', 'instore', 'shiptohome']);

/**
 * Null when they do not tell. `fulfillment.instore` only says that the store sells it, so a stock level comes first; all four ways false
 * is how they answer for no store in particular, so without a stock level it tells nothing.
 */
function inStock({ inventory, fulfillment = {} }: Item): boolean | null {
  const ways = Object.entries(fulfillment).filter(([way]) => WAYS.has(way.toLowerCase()));
  const isOffered =
    ways.length === 0 || ways.some(([way, offered]) => offered === true && way.toLowerCase() !== 'shiptohome');
  const isForNoStore = !inventory && new Set(ways.map(([way]) => way.toLowerCase())).size === WAYS.size;
  if (!isOffered) return isForNoStore ? null : false;
  return inventory ? inventory.stockLevel !== 'TEMPORARILY_OUT_OF_STOCK' : null;
}

/** Where to go on: the product's own page for a cart of one product, the chain's site otherwise; they have no link to a filled cart. */
export function handoffUrl(
  domain: string | null,
  lines: readonly QuoteLine[],
  pages: ReadonlyMap<string, string>,
): string | null {
  if (domain === null || !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain)) return null;
  const [first, ...others] = lines.flatMap(({ productId }) => productId ?? []);
  const page = first && others.length === 0 ? (pages.get(first) ?? '/') : '/';
  return new URL(/^\/(?!\/)/.test(page) ? page : '/', `https://${domain}`).href;
}
