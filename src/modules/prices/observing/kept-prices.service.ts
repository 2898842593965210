import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database.js';
import { wordsOf } from '../../../vocabulary/words.js';
import type { Told } from '../deciding/observation.js';
import { clearedPrice } from '../deciding/cleared-price.js';
import { keysAtShop, storeKeyOf } from '../deciding/product-keys.js';
import { measured, packOf } from '../deciding/packs.js';
import type { ExportedPrice } from '../exported-price.js';
import {
  PricesService,
  type ClearedPrice,
  type HistoryProduct,
  type PaidLine,
  type WatchedPlace,
} from '../prices.service.js';
import type { SeenPrice } from '../seen-price.js';
import { WatchesRepository } from '../watching/watches.repository.js';
import { HonestyService } from './honesty.service.js';
import { ObservationsRepository, type PricedProduct } from './observations.repository.js';
import { ObservingService } from './observing.service.js';
import { PriceExports } from './price-exports.js';

@Injectable()
export class KeptPricesService extends PricesService {
  constructor(
    private readonly observing: ObservingService,
    private readonly observations: ObservationsRepository,
    private readonly honesty: HonestyService,
    private readonly exports: PriceExports,
    private readonly watches: WatchesRepository,
    private readonly database: Database,
  ) {
    super();
  }

  async paid(tx: Tx, tenantId: string, orderIds: readonly string[], lines: readonly PaidLine[]): Promise<void> {
    if (orderIds.length > 0) await this.observations.removePaid(tx, tenantId, orderIds);
    const told = lines.flatMap(toldOf);
    if (told.length > 0) await this.observing.keep(tx, tenantId, told);
    await this.honesty.received(tx, tenantId, orderIds);
  }

  async cleared(tenantId: string, prices: readonly ClearedPrice[]): Promise<void> {
    const told = prices.map((price) => ({ ...clearedPrice(price), tenantId }));
    if (told.length === 0) return;
    const named = new Map(
      told.map(({ productKey: key, name }) => [key, { tenantId, key, name, words: wordsOf(name), sameAs: null }]),
    );
    await this.database.system(async (tx) => {
      await this.observations.putProducts(tx, [...named.values()]);
      await this.observing.keepMoved(tx, told);
    });
    this.observing.wake();
  }

  watchedPlaces(): Promise<WatchedPlace[]> {
    return this.watches.places();
  }

  async name(tx: Tx, tenantId: string, products: readonly HistoryProduct[]): Promise<void> {
    const rows = products.flatMap((product) => pricedOf(tenantId, product));
    if (rows.length > 0) await this.observations.putProducts(tx, rows);
  }

  async join(tx: Tx, tenantId: string, pairs: readonly { from: string; to: string }[]): Promise<void> {
    if (pairs.length > 0) await this.observations.join(tx, tenantId, pairs);
  }

  async forget(tx: Tx, tenantId: string, productIds: readonly string[]): Promise<void> {
    if (productIds.length > 0) await this.observations.forgetProducts(tx, tenantId, productIds);
  }

  latest(tenantId: string, keys: readonly string[]): Promise<SeenPrice[]> {
    return this.observations.latest(this.database, tenantId, keys);
  }

  since(tenantId: string, key: string, day: string): Promise<SeenPrice[]> {
    return this.observations.since(this.database, tenantId, key, day);
  }

  reduced(tenantId: string, day: string): Promise<(SeenPrice & { name: string | null })[]> {
    return this.observations.reduced(this.database, tenantId, day);
  }

  exportAll(tenantId: string): AsyncGenerator<ExportedPrice[]> {
    return this.exports.all(tenantId);
  }

  countAll(tenantId: string): Promise<{ observations: number; watches: number }> {
    return this.exports.count(this.database, tenantId);
  }

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

function pricedOf(tenantId: string, { id, retailer, name, keys }: HistoryProduct): PricedProduct[] {
  const words = wordsOf(name);
  const outside = keysAtShop(retailer, keys).map((key) => ({ tenantId, key, name, words, sameAs: id }));
  return [{ tenantId, key: id, name, words, sameAs: null }, ...outside];
}
