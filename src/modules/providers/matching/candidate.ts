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
