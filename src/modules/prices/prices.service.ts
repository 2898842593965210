import { Injectable } from '@nestjs/common';
import { wordsOf } from '../../vocabulary/words.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { keysAtShop, storeKeyOf } from './deciding/product-keys.js';
import { measured, packOf } from './deciding/packs.js';
import { ObservationsRepository, type PricedProduct } from './observing/observations.repository.js';
import { ObservingService } from './observing/observing.service.js';
import type { Told } from './deciding/observation.js';
import { PriceExports, type ExportedPrice } from './observing/price-exports.js';

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

/** A product of the history with the keys that it is known again by. */
export interface HistoryProduct {
  id: string;
  retailer: string;
  name: string;
  keys: readonly string[];
}

/**
 * What other modules tell prices and ask of them. Each call that is handed a transaction does its part in it: what an order paid comes and
 * goes with the order.
 */
@Injectable()
export class PricesService {
  constructor(
    private readonly observing: ObservingService,
    private readonly observations: ObservationsRepository,
    private readonly exports: PriceExports,
    private readonly database: Database,
  ) {}

  /** What was paid in these orders, over whatever was known to be paid in them: none of `lines` is taken as nothing paid. */
  async paid(tx: Tx, tenantId: string, orderIds: readonly string[], lines: readonly PaidLine[]): Promise<void> {
    if (orderIds.length > 0) await this.observations.removePaid(tx, tenantId, orderIds);
    const told = lines.flatMap(toldOf);
    if (told.length > 0) await this.observing.keep(tx, tenantId, told);
  }

  /** Products by their present names, so that what shops quote under keys of theirs is known to be of them. */
  async name(tx: Tx, tenantId: string, products: readonly HistoryProduct[]): Promise<void> {
    const rows = products.flatMap(pricedOf);
    if (rows.length > 0) await this.observations.putProducts(tx, tenantId, rows);
  }

  /** What was one product is another from now on. */
  async join(tx: Tx, tenantId: string, pairs: readonly { from: string; to: string }[]): Promise<void> {
    if (pairs.length > 0) await this.observations.join(tx, tenantId, pairs);
  }

  /** Products that are none of the history any more; what was seen of them otherwise stays. */
  async forget(tx: Tx, tenantId: string, productIds: readonly string[]): Promise<void> {
    if (productIds.length > 0) await this.observations.forgetProducts(tx, tenantId, productIds);
  }

  /** Every observation and watch of a tenant, in pages. */
  exportAll(tenantId: string): AsyncGenerator<ExportedPrice[]> {
    return this.exports.all(tenantId);
  }

  /** How much `eraseAll` would take. */
  countAll(tenantId: string): Promise<{ observations: number; watches: number }> {
    return this.exports.count(this.database, tenantId);
  }

  /** Everything of a tenant, in the caller's transaction. */
  async eraseAll(tx: Tx, tenantId: string): Promise<{ observations: number; watches: number }> {
    const watches = await this.exports.eraseWatches(tx, tenantId);
    return { observations: await this.observations.erase(tx, tenantId), watches };
  }
}

/** What one pack, or all that was weighed, cost. */
function toldOf(line: PaidLine): Told[] {
  const { productId, orderedOn, cents, quantity, measure } = line;
  if (productId === null || orderedOn === null || cents === null || cents <= 0) return [];
  const weighed = measure === null ? null : measured(measure.value, measure.unit);
  const packs = quantity === null || quantity <= 0 ? 1 : quantity;
  const pack = weighed ?? packOf(line.size, line.name);
  return [
    {
      ...pack,
      productKey: productId,
      storeKey: storeKeyOf(line.retailer, line.storeNumber),
      kind: 'paid',
      observedOn: orderedOn,
      at: `${orderedOn}T12:00:00Z`,
      cents: weighed ? cents : cents / packs,
      currency: line.currency,
      regularCents: null,
      source: 'order',
      sourceRef: line.orderId,
    },
  ];
}

function pricedOf({ id, retailer, name, keys }: HistoryProduct): PricedProduct[] {
  const words = wordsOf(name);
  const outside = keysAtShop(retailer, keys).map((key) => ({ key, name, words, sameAs: id }));
  return [{ key: id, name, words, sameAs: null }, ...outside];
}
