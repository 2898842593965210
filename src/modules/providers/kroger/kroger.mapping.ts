import { toCents } from '../../../common/money.js';
import type { CandidateProduct } from '../choose-product.js';
import type { Products } from './kroger.wire.js';

/** Search text as Kroger takes it: at most 8 words, at least 3 characters. */
export function searchTerm(name: string): string {
  return name.split(/\s+/).slice(0, 8).join(' ').padEnd(3);
}

/** Their products in our terms, or null when a stated price is no plausible one. */
export function candidatesOf(reply: Products): CandidateProduct[] | null {
  const candidates = reply.data.flatMap((product) =>
    product.items.slice(0, 1).map((item) => ({
      productId: product.productId,
      name: product.description,
      brand: product.brand ?? null,
      size: item.size ?? null,
      categories: product.categories ?? [],
      priceCents: item.price ? effectiveCents(item.price) : null,
      priced: item.price !== undefined,
      soldByWeight: item.soldBy?.toLowerCase() === 'weight',
      inStock: item.inventory ? item.inventory.stockLevel !== 'TEMPORARILY_OUT_OF_STOCK' : null,
    })),
  );
  if (candidates.some(({ priced, priceCents }) => priced && priceCents === null)) return null;
  return candidates.map(({ priced: _priced, ...candidate }) => candidate);
}

/** A promo of 0 is widely sent for "no promotion"; certification data also has regular prices of 0, which mean unknown. */
function effectiveCents({ regular, promo }: { regular: number; promo: number }): number | null {
  const [regularCents, promoCents] = [toCents(regular), toCents(promo)];
  if (regularCents === null || promoCents === null) return null;
  return promoCents > 0 ? promoCents : regularCents;
}
