import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { RoutingService } from '../../routing/routing.service.js';
import { cartOf, type ShoppingList } from '../solver/shopping/packs.js';
import type { RoutedCart } from '../plan.dto.js';
import type { PickedUp } from './making.repository.js';
import { livePricesOf, type LivePrices } from './live-prices.js';

type Route = Awaited<ReturnType<RoutingService['wait']>>;

/** Longest wait for a route: past its own deadline by a little. */
const WAIT_SECONDS = 10;
/** Kept for closing the plan. */
const AFTERWARDS_MS = 500;

/** What became of a cart. */
export interface Carted {
  route: RoutedCart;
  live: LivePrices | null;
}

/** Has the shopping list routed as any cart is. What cannot be routed is told and never harms the plan. */
@Injectable()
export class CartService {
  constructor(private readonly routing: RoutingService) {}

  /** Done again after a crash it answers the same route: its key is the plan. */
  async route(work: PickedUp, list: ShoppingList, remainingMs: number): Promise<Carted> {
    const { route, plan } = work.request;
    const items = cartOf(list, plan);
    if (route === null || items.length === 0) return unrouted('nothing_to_buy');
    const tenant = { tenantId: work.tenantId, keyId: work.id, scopes: [] };
    const body = { items, shippingAddress: route.shippingAddress, quorum: route.quorum, reference: work.id };
    try {
      const { id } = await this.routing.request(tenant, body, work.id, work.traceparent);
      const seconds = Math.max(0, Math.min(WAIT_SECONDS, (remainingMs - AFTERWARDS_MS) / 1000));
      const routed = await this.routing.wait(work.tenantId, id, seconds);
      const winner = routed.outcome?.winner ?? null;
      return { route: cartAs(routed), live: livePricesOf(items, list, { winner, lines: routed.lines }) };
    } catch (error) {
      if (error instanceof AppError) return unrouted(error.code);
      throw error;
    }
  }
}

const unrouted = (reason: string): Carted => ({
  route: {
    id: null,
    status: null,
    winnerId: null,
    totalCents: null,
    currency: null,
    reason,
  },
  live: null,
});

function cartAs({ id, status, outcome }: Route): RoutedCart {
  const { providerId = null, totalCents = null, currency = null } = outcome?.winner ?? {};
  return { id, status, winnerId: providerId, totalCents, currency, reason: null };
}
