import { createPrivateKey, sign } from 'node:crypto';
import { toCents } from '../../../common/money.js';
import { keptOf } from '../../../common/kept.js';
import { chooseProduct, type CandidateProduct } from '../matching/choose-product.js';
import type { CartLine, QuoteLine } from '../provider.js';
import type { Items } from './walmart.wire.js';

/** Of one look-up, by their rules. */
export const MAX_IDS = 20;
/** The best few of each line share it. */
const PER_LINE = 4;

export interface WalmartCredentials {
  consumerId: string;
  privateKey: string;
  keyVersion: string;
}

/**
 * The four signed headers. RSASSA-PKCS1-v1_5 with SHA-256 over consumer id, timestamp (ms) and key version, each trimmed and
 * followed by a newline; URL and body are not part of it. Good for 180 s.
 */
export function signedHeaders(credentials: WalmartCredentials, nowMs: number): Record<string, string> {
  const { consumerId, keyVersion } = credentials;
  const text = stringToSign(consumerId, String(nowMs), keyVersion);
  return {
    'WM_CONSUMER.ID': consumerId,
    'WM_CONSUMER.INTIMESTAMP': String(nowMs),
    'WM_SEC.KEY_VERSION': keyVersion,
    'WM_SEC.AUTH_SIGNATURE': sign(
      'RSA-SHA256',
      Buffer.from(text),
      createPrivateKey(pem(credentials.privateKey)),
    ).toString('base64'),
  };
}

export function stringToSign(consumerId: string, timestamp: string, keyVersion: string): string {
  return [consumerId, timestamp, keyVersion].map((part) => `${part.trim()}\n`).join('');
}

/** The key is often handed over as one base64 line without PEM guards. */
function pem(key: string): string {
  if (key.includes('-----BEGIN')) return key.replaceAll('\\n', '\n');
  return `-----BEGIN PRIVATE KEY-----\n${key.replace(/\s+/g, '').replace(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`;
}

export interface WalmartCandidate extends CandidateProduct {
  /** Sold by another seller on their site. */
  marketplace: boolean;
}

/** Their items in our terms, or null when a stated price is no plausible one. A price of 0 is one that they do not tell. */
export const candidatesOf = keptOf(candidates);

function candidates(reply: Items): WalmartCandidate[] | null {
  if (reply.items.some(({ salePrice }) => salePrice !== undefined && toCents(salePrice) === null)) return null;
  return reply.items.map((item) => ({
    productId: String(item.itemId),
    name: item.name,
    brand: item.brandName ?? null,
    size: item.size ?? null,
    categories: item.categoryPath?.split('/').slice(0, 1) ?? [],
    priceCents: (item.salePrice === undefined ? null : toCents(item.salePrice)) || null,
    soldByWeight: /^per /i.test(item.size ?? ''),
    inStock: item.stock === 'Not available' || item.availableOnline === false ? false : item.stock ? true : null,
    marketplace: item.marketplace === true,
  }));
}

/** The product for a line: from Walmart itself, and from another seller on their site only where Walmart has none. */
export function chooseOwnFirst(line: CartLine, candidates: readonly WalmartCandidate[]): QuoteLine {
  const own = candidates.filter(({ marketplace }) => !marketplace);
  const chosen = chooseProduct(line, own);
  return chosen.status === 'missing' && own.length < candidates.length ? chooseProduct(line, candidates) : chosen;
}

/** Items without a price among what was found for lines that nothing priced serves: worth one look-up, at most their 20 ids. */
export function worthLookingUp(
  found: readonly (readonly [line: QuoteLine, candidates: readonly WalmartCandidate[]])[],
): string[] {
  const ids = found.flatMap(([line, candidates]) =>
    line.status === 'missing'
      ? candidates.filter(({ priceCents, inStock }) => priceCents === null && inStock !== false).slice(0, PER_LINE)
      : [],
  );
  return [...new Set(ids.map(({ productId }) => productId))].slice(0, MAX_IDS);
}

/**
 * Opens in the shopper's browser with the cart filled; never fetched from here, as they keep robots out of it. This is the documented
 * newer form, ID_QUANTITY by commas; the older one is affil.walmart.com/cart/addToCart?items=ID|QUANTITY.
 */
export function cartLink(lines: readonly QuoteLine[]): string | null {
  const items = lines
    .filter((line) => line.productId !== null && line.packs > 0)
    .map((line) => `${line.productId}_${line.packs}`);
  return items.length > 0 ? `https://www.walmart.com/sc/cart/addToCart?items=${items.join(',')}` : null;
}
