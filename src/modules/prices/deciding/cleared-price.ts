import type { ClearedPrice } from '../prices.service.js';
import type { Told } from './observation.js';
import { measured, packOf } from './packs.js';
import { outsideKey, shopOf, storeKeyOf } from './product-keys.js';

/** What a shop clears as a price that was seen: of a pack by the size in its name, or of a kg where it is weighed. Pure. */
export function clearedPrice(price: ClearedPrice): Told & { name: string } {
  const { storeId, productId, name, at, cents, regularCents, currency, weighed, place } = price;
  const shop = shopOf(price.shop);
  return {
    ...(weighed ? measured(1, 'kg')! : packOf(null, name.toLowerCase())),
    productKey: outsideKey(shop, productId),
    storeKey: storeKeyOf(shop, storeId),
    kind: 'clearance',
    observedOn: at.slice(0, 10),
    at,
    cents,
    currency,
    regularCents,
    source: 'clearance',
    sourceRef: `${productId} ${at}`.slice(0, 80),
    name,
    place,
  };
}
