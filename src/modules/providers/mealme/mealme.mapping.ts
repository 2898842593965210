import { centsOrNull } from '../../../common/money.js';
import type { CandidateProduct } from '../choose-product.js';
import type { Products, QuoteObject } from './mealme.wire.js';

export interface StoreCandidate extends CandidateProduct {
  store: { id: string; name: string };
  quote: QuoteObject | null;
}

/** Their products in our terms, or null when a price is no plausible number of cents. */
export function candidatesOf(reply: Products): StoreCandidate[] | null {
  if (reply.products.some((product) => centsOrNull(product.price) === null)) return null;
  return reply.products.map((product) => ({
    productId: product.product_id,
    name: product.item_name,
    brand: null,
    size:
      product.unit_size && product.unit_of_measurement ? `${product.unit_size} ${product.unit_of_measurement}` : null,
    categories: product.category ? [product.category] : [],
    priceCents: product.price,
    soldByWeight: false,
    inStock: product.is_available ?? null,
    store: { id: product.store._id ?? product.store.name, name: product.store.name },
    quote: product.quote ?? null,
  }));
}

/** The one store that has something for most lines (all lines must come from one), the first named of equals. */
export function bestStore(perLine: readonly (readonly StoreCandidate[])[]): { id: string; name: string } | null {
  const lines = new Map<string, { store: { id: string; name: string }; count: number }>();
  for (const candidates of perLine) {
    for (const id of new Set(candidates.map((candidate) => candidate.store.id))) {
      const entry = lines.get(id) ?? {
        store: candidates.find((candidate) => candidate.store.id === id)!.store,
        count: 0,
      };
      lines.set(id, { ...entry, count: entry.count + 1 });
    }
  }
  return [...lines.values()].sort((left, right) => right.count - left.count)[0]?.store ?? null;
}

export interface Parts {
  feesCents: number | null;
  taxCents: number | null;
  deliveryCents: number | null;
  deliveryMinutes: { min: number; max: number } | null;
}

/** Fees, tax and time for an items total; every part absent from the quote stays unknown. Percentages are 0 to 100. */
export function partsOf(quote: QuoteObject | null, itemsCents: number): Parts {
  const fee = quote?.service_fee;
  const stated = fee && (fee.service_fee_flat != null || fee.service_fee_percent != null);
  const raw = stated ? (fee.service_fee_flat ?? 0) + (itemsCents * (fee.service_fee_percent ?? 0)) / 100 : null;
  const bounded =
    raw === null ? null : Math.max(fee?.service_fee_min ?? 0, Math.min(fee?.service_fee_max ?? Infinity, raw));
  const tax = quote?.sales_tax_percent;
  const time = quote?.time_estimate;
  return {
    feesCents: bounded === null ? null : centsOrNull(Math.round(bounded)),
    taxCents: tax == null ? null : centsOrNull(Math.round((itemsCents * tax) / 100)),
    deliveryCents: quote?.delivery_fee ? centsOrNull(quote.delivery_fee.delivery_fee_flat) : null,
    deliveryMinutes:
      time && time.minimum >= 0 && time.maximum >= time.minimum ? { min: time.minimum, max: time.maximum } : null,
  };
}
