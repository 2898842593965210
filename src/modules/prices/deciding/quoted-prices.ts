import type { ProviderAnswer } from '../../providers/provider.js';
import type { Told } from './observation.js';
import { packOf } from './packs.js';
import { outsideKey, shopOf, storeKeyOf } from './product-keys.js';

/** The prices that a provider's answer tells, one for each product. Without a price, a product or a quote there are none. Pure. */
export function quotedPrices(
  routeId: string,
  { providerId, result }: ProviderAnswer,
): (Told & { name: string | null })[] {
  if (!result.ok || result.offer.kind !== 'quote') return [];
  const { currency, lines, store, observedAt } = result.offer;
  const shop = shopOf(providerId);
  return lines.flatMap(({ status, productId, productName, packSize, unitPriceCents }) => {
    const isServed = status === 'matched' || status === 'substituted';
    if (!isServed || productId === null || unitPriceCents === null || unitPriceCents <= 0) return [];
    return [
      {
        ...packOf(packSize, productName),
        productKey: outsideKey(shop, productId),
        storeKey: storeKeyOf(shop, store?.id ?? null),
        kind: 'quoted' as const,
        observedOn: observedAt.slice(0, 10),
        at: observedAt,
        cents: unitPriceCents,
        currency,
        regularCents: null,
        source: 'quote',
        sourceRef: routeId,
        name: productName,
      },
    ];
  });
}
