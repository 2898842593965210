import { keyOf } from '../../../vocabulary/words.js';

/**
 * What a product goes by: `prd_…` is one of the history; `walmart/8111` what a shop calls it; `name:oat milk` what only a name is known of.
 * Pure.
 */
const MOST = 160;

/** The shop as orders and quotes both call it: WALMART_API sells what the history has of walmart. */
export const shopOf = (providerId: string): string => providerId.toLowerCase().replace(/_api$/, '');

export const storeKeyOf = (shop: string, store: string | null): string =>
  store ? `${shop}/${store.slice(0, 80)}` : shop;

export const outsideKey = (shop: string, productId: string): string => `${shop}/${productId}`.slice(0, MOST);

export const nameKey = (name: string): string => `name:${keyOf(name)}`.slice(0, MOST);

/** Keys by which a shop's quotes name a product that the history knows by these (`us:8111`, `gtin:1111041700`). */
export function keysAtShop(retailer: string, keys: readonly string[]): string[] {
  return keys.flatMap((key) => {
    const [sort, id] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
    if (id === '') return [];
    if (sort === 'us' || sort === 'asin' || sort === 'ext') return [outsideKey(retailer, id)];
    // Kroger calls products by the code on them, with zeros before it.
    return sort === 'gtin' && retailer === 'kroger' ? [outsideKey(retailer, id.padStart(13, '0'))] : [];
  });
}
