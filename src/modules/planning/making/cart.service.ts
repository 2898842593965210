import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import { Database } from '../../../platform/database/database.js';
import { RoutingService } from '../../routing/routing.service.js';
import type { TenantContext } from '../../tenants/scopes.js';
import type { RoutedCart, RoutedPlan } from '../plan.dto.js';
import type { RoutePlan } from '../planning.dto.js';
import { PlanningRepository } from '../planning.repository.js';
import { cartOf, type ShoppingList } from '../solver/shopping/packs.js';
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
  constructor(
    private readonly routing: RoutingService,
    private readonly plans: PlanningRepository,
    private readonly database: Database,
  ) {}

  /**
   * Has the list of a plan that was made routed, now that its caller wishes it; the plan stays as it is. Throws `plan_not_found`,
   * `plan_not_completed`, `plan_list_empty` and what accepting a route throws.
   */
  async ask(
    tenant: TenantContext,
    id: string,
    { shippingAddress, quorum }: RoutePlan,
    { key, traceparent }: { key: string | undefined; traceparent: string | undefined },
  ): Promise<RoutedPlan> {
    const { tenantId } = tenant;
    const made = await this.database.tenant(tenantId, async (tx) => {
      const row = await this.plans.find(tx, id);
      if (row === null) throw new AppError('plan_not_found', `plan ${id}`);
      if (row.status !== 'completed') throw new AppError('plan_not_completed', `plan ${id} is ${row.status}`);
      return (await this.plans.findCompleted(tx, id))!; // a completed plan stays one
    });
    const list = made.outcome.shoppingList;
    const items = list ? cartOf(list, made.request.plan) : [];
    if (items.length === 0) throw new AppError('plan_list_empty', `plan ${id}`);
    const body = { items, shippingAddress, quorum, reference: id };
    const route = await this.routing.request(tenant, body, key, traceparent);
    return { planId: id, routeId: route.id, path: `/v1/routes/${route.id}`, items: items.length };
  }

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
