import type { CandidateProduct } from '../src/modules/providers/matching/candidate.js';
import type { SimulatedProduct } from '../src/modules/providers/simulation.js';

/** The three stores that answer for a provider, and how many products one search of theirs gives. */
export const STORES = [
  { store: 'freshway', limit: 25 },
  { store: 'valuemart', limit: 25 },
  { store: 'greenleaf', limit: 20 },
] as const;

export const candidateOf = (product: SimulatedProduct): CandidateProduct => ({
  productId: product.id,
  name: product.name,
  brand: product.brand,
  size: product.sizeText,
  categories: [product.department],
  priceCents: product.salePriceCents ?? product.priceCents,
  soldByWeight: product.soldBy === 'weight',
  inStock: product.inStock,
});
