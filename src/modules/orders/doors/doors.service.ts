import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { AppError } from '../../../common/errors.js';
import { PricesService } from '../../prices/prices.service.js';
import { WatchesService } from '../../prices/watching/watches.service.js';
import { ListOrders } from '../history/history.dto.js';
import { OrdersService } from '../history/orders.service.js';
import { ProductsService } from '../history/products/products.service.js';
import type {
  Calculate,
  CalculateBulk,
  Calculated,
  CalculatedBulk,
  FormerOrder,
  FormerOrders,
  FormerPriceHistory,
  FormerProducts,
  ListFormer,
  OneFormerProduct,
  Promotions,
  SearchFormer,
  Tracked,
  TrackPrice,
} from './doors.dto.js';
import { DoorsRepository } from './doors.repository.js';
import { calculated, knownPriceOf, moneyOf, productOf } from './known-price.mapping.js';

const DAY_MS = 86_400_000;
/** A reduction that nobody saw for longer is none any more. */
const PROMOTION_DAYS = 14;

/** The history and its prices in the words of the former grocery agent: what was paid, seen and quoted, and nothing that was not. */
@Injectable()
export class DoorsService {
  constructor(
    private readonly repository: DoorsRepository,
    private readonly orders: OrdersService,
    private readonly products: ProductsService,
    private readonly prices: PricesService,
    private readonly watches: WatchesService,
  ) {}

  counts(tenantId: string): Promise<{ orders: number; products: number }> {
    return this.repository.counts(tenantId);
  }

  async health(): Promise<'healthy' | 'unhealthy'> {
    return (await this.repository.isThere()) ? 'healthy' : 'unhealthy';
  }

  /** Throws `request_invalid` for a cursor that is none of ours. */
  async listOrders(tenantId: string, { limit, cursor }: ListFormer): Promise<FormerOrders> {
    const query = ListOrders.safeParse({ limit, cursor, retailer: 'walmart' });
    if (!query.success) {
      throw new AppError('request_invalid', 'cursor', {
        errors: [{ pointer: '/cursor', detail: 'take it from an answer before' }],
      });
    }
    const { data, nextCursor } = await this.orders.list(tenantId, query.data);
    const orders = data.map(({ id, number, orderedOn, storeNumber, lines, totalCents, currency }) => ({
      id,
      orderNumber: number,
      orderDate: orderedOn,
      store: storeNumber,
      itemCount: lines,
      total: moneyOf(totalCents),
      currency,
      reason: totalCents === null ? ('not_told_by_the_files' as const) : null,
    }));
    return { success: true, orders, nextCursor };
  }

  /** Throws `order_not_found`. */
  async order(tenantId: string, id: string): Promise<FormerOrder> {
    const found = await this.orders.get(tenantId, (await this.repository.orderId(tenantId, id)) ?? id);
    const { number, orderedOn, storeNumber, totalCents, currency, lines } = found;
    return {
      success: true,
      order: {
        id: found.id,
        orderNumber: number,
        orderDate: orderedOn,
        store: storeNumber,
        itemCount: lines.length,
        total: moneyOf(totalCents),
        currency,
        reason: totalCents === null ? 'not_told_by_the_files' : null,
        subtotal: moneyOf(found.subtotalCents),
        tax: moneyOf(found.taxCents),
        tip: moneyOf(found.tipCents),
        refund: moneyOf(found.refundCents),
        items: lines.map(({ productId, usItemId, name, quantity, lineCents, state }) => ({
          productId,
          walmartId: usItemId,
          name,
          quantity,
          totalPrice: moneyOf(lineCents),
          status: state,
        })),
      },
    };
  }

  async searchProducts(tenantId: string, { query, limit }: SearchFormer): Promise<FormerProducts> {
    const { data } = await this.products.search(tenantId, { q: query, limit, retailer: 'walmart' });
    const known = await this.known(
      tenantId,
      data.map(({ id }) => id),
    );
    return { success: true, products: data.flatMap(({ id }) => known.get(id)?.product ?? []) };
  }

  /** Throws `product_not_found`, as the next does. */
  async product(tenantId: string, id: string): Promise<OneFormerProduct> {
    return { success: true, product: (await this.one(tenantId, id)).product };
  }

  async priceHistory(tenantId: string, id: string, days: number): Promise<FormerPriceHistory> {
    const { product } = await this.one(tenantId, id);
    const seen = await this.prices.since(tenantId, product.id, dayBefore(days));
    const history = seen.map(({ observedOn, cents, currency, amount, unit, storeKey, kind }) => {
      return { date: observedOn, price: cents / 100, currency, amount, unit, store: storeKey, source: kind };
    });
    const reason = history.length === 0 ? 'no_price_seen' : null;
    return { success: true, productId: product.id, productName: product.name, days, history, reason };
  }

  async calculate(tenantId: string, item: Calculate): Promise<Calculated> {
    const { results } = await this.calculateAll(tenantId, { items: [item] });
    return results[0]!;
  }

  async calculateAll(tenantId: string, { items }: CalculateBulk): Promise<CalculatedBulk> {
    const ids = [...new Set(items.map(({ productId }) => productId))];
    const known = await this.known(tenantId, ids);
    const timestamp = new Date(databaseNow()).toISOString();
    const results = items.map((item) => calculated(item, known.get(item.productId) ?? null, timestamp));
    const totals = new Map<string, number>();
    for (const { currency, finalPrice } of results) {
      if (currency !== null && finalPrice !== null)
        totals.set(currency, (totals.get(currency) ?? 0) + Math.round(finalPrice * 100));
    }
    return {
      success: results.every(({ success }) => success),
      results,
      totals: [...totals].map(([currency, cents]) => ({ currency, finalPrice: cents / 100 })),
      unpriced: results.filter(({ finalPrice }) => finalPrice === null).length,
      timestamp,
    };
  }

  /** Tells by event and webhook when the price falls below what is asked. Throws `product_not_found`. */
  async track(tenantId: string, { productId, targetPrice, percentDrop }: TrackPrice): Promise<Tracked> {
    const { product } = await this.one(tenantId, productId);
    const below =
      targetPrice === undefined ? { share: 1 - percentDrop! / 100 } : { cents: Math.round(targetPrice * 100) };
    const currency = product.currency ?? 'USD';
    const asked = { product: product.id, below, direction: 'drop', hysteresis: 0.03, currency } as const;
    const { resource } = await this.watches.create(tenantId, asked);
    const { name, price } = product;
    return {
      success: true,
      watchId: resource.id,
      productId: product.id,
      productName: name,
      price,
      currency: product.currency,
    };
  }

  async promotions(tenantId: string): Promise<Promotions> {
    const seen = await this.prices.reduced(tenantId, dayBefore(PROMOTION_DAYS));
    const promotions = seen.map(({ productKey, name, cents, regularCents, currency, storeKey, lastSeenOn }) => ({
      productId: productKey,
      productName: name,
      price: cents / 100,
      regularPrice: moneyOf(regularCents),
      currency,
      store: storeKey,
      seenOn: lastSeenOn,
    }));
    const timestamp = new Date(databaseNow()).toISOString();
    return { success: true, promotions, reason: promotions.length === 0 ? 'none_seen' : null, timestamp };
  }

  private async one(tenantId: string, id: string) {
    const found = (await this.known(tenantId, [id])).get(id);
    if (!found) throw new AppError('product_not_found', `product ${id.slice(0, 40)}`);
    return found;
  }

  /** By the id that was asked for. */
  private async known(tenantId: string, ids: readonly string[]) {
    const found = await this.repository.byIds(tenantId, ids);
    const seen = new Map(
      (await this.prices.latest(tenantId, [...new Set(found.map(({ id }) => id))])).map((one) => [one.productKey, one]),
    );
    return new Map(
      found.map((row) => {
        const price = knownPriceOf(row.paid, seen.get(row.id));
        return [row.asked, { name: row.name, price, product: productOf(row, price) }];
      }),
    );
  }
}

const dayBefore = (days: number): string => new Date(databaseNow() - days * DAY_MS).toISOString().slice(0, 10);
