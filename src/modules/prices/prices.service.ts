import type { Tx } from '../../platform/database/database.js';
import type { ExportedPrice } from './exported-price.js';
import type { SeenPrice } from './seen-price.js';

export type { SeenPrice } from './seen-price.js';

/** A line of an order as it was paid. `cents` is for all of it; null: it is not told, or nothing was paid. */
export interface PaidLine {
  orderId: string;
  productId: string | null;
  retailer: string;
  storeNumber: string | null;
  orderedOn: string | null;
  currency: string;
  name: string | null;
  size: string | null;
  quantity: number | null;
  measure: { value: number; unit: string } | null;
  cents: number | null;
}

/** What a shop asks for while it clears something. `at`: RFC 3339. `weighed`: the price is of a kg. */
export interface ClearedPrice {
  shop: string;
  storeId: string;
  productId: string;
  name: string;
  at: string;
  cents: number;
  regularCents: number | null;
  currency: string;
  weighed: boolean;
  place: { latitude: number; longitude: number } | null;
}

/** Around where somebody watches prices. */
export interface WatchedPlace {
  tenantId: string;
  latitude: number;
  longitude: number;
  radiusKm: number;
}

/** A product of the history with the keys that it is known again by. */
export interface HistoryProduct {
  id: string;
  retailer: string;
  name: string;
  keys: readonly string[];
}

/**
 * What other modules tell prices and ask of them. Each call that is handed a transaction does its part in it: what an order paid comes and
 * goes with the order. What keeps them is KeptPricesService; who tells of prices reaches none of that.
 */
export abstract class PricesService {
  /** What was paid in these orders, over whatever was known to be paid in them: none of `lines` is taken as nothing paid. */
  abstract paid(tx: Tx, tenantId: string, orderIds: readonly string[], lines: readonly PaidLine[]): Promise<void>;

  /** What shops clear, as this tenant sees it. What has not moved is not kept again. */
  abstract cleared(tenantId: string, prices: readonly ClearedPrice[]): Promise<void>;

  /** Places of watches, each of a tenant once; at most 500. */
  abstract watchedPlaces(): Promise<WatchedPlace[]>;

  /** Products by their present names, so that what shops quote under keys of theirs is known to be of them. */
  abstract name(tx: Tx, tenantId: string, products: readonly HistoryProduct[]): Promise<void>;

  /** What was one product is another from now on. */
  abstract join(tx: Tx, tenantId: string, pairs: readonly { from: string; to: string }[]): Promise<void>;

  /** Products that are none of the history any more; what was seen of them otherwise stays. */
  abstract forget(tx: Tx, tenantId: string, productIds: readonly string[]): Promise<void>;

  /** What each of these products was last seen to cost, but for what was paid. */
  abstract latest(tenantId: string, keys: readonly string[]): Promise<SeenPrice[]>;

  /** What a product was seen to cost since a day, newest first. */
  abstract since(tenantId: string, key: string, day: string): Promise<SeenPrice[]>;

  /** What was seen to cost less than otherwise, since a day. */
  abstract reduced(tenantId: string, day: string): Promise<(SeenPrice & { name: string | null })[]>;

  /** Every observation and watch of a tenant, in pages. */
  abstract exportAll(tenantId: string): AsyncGenerator<ExportedPrice[]>;

  /** How much `eraseAll` would take. */
  abstract countAll(tenantId: string): Promise<{ observations: number; watches: number }>;

  /** Everything of a tenant, in the caller's transaction. */
  abstract eraseAll(tx: Tx, tenantId: string): Promise<{ observations: number; watches: number }>;
}
