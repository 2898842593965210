import { createPrivateKey, sign } from 'node:crypto';
import { toCents } from '../../../common/money.js';
import type { CandidateProduct } from '../choose-product.js';
import type { QuoteLine } from '../provider.js';
import type { Search } from './walmart.wire.js';

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

/** Their items in our terms, or null when a stated price is no plausible one. Other sellers' items are not ours to quote. */
export function candidatesOf(reply: Search): CandidateProduct[] | null {
  const own = reply.items.filter((item) => item.marketplace !== true);
  if (own.some((item) => item.salePrice !== undefined && toCents(item.salePrice) === null)) return null;
  return own.map((item) => ({
    productId: String(item.itemId),
    name: item.name,
    brand: item.brandName ?? null,
    size: item.size ?? null,
    categories: item.categoryPath?.split('/').slice(0, 1) ?? [],
    priceCents: item.salePrice === undefined ? null : toCents(item.salePrice),
    soldByWeight: /^per /i.test(item.size ?? ''),
    inStock: item.stock === 'Not available' || item.availableOnline === false ? false : item.stock ? true : null,
  }));
}

/** Opens in the shopper's browser with the cart filled; never fetched from here. */
export function cartLink(lines: readonly QuoteLine[]): string | null {
  const items = lines
    .filter((line) => line.productId !== null && line.packs > 0)
    .map((line) => `${line.productId}|${line.packs}`);
  return items.length > 0
    ? `https://affil.walmart.com/cart/addToCart?items=${encodeURIComponent(items.join(','))}`
    : null;
}
