import { Injectable } from '@nestjs/common';
import { AppError } from '../../../common/errors.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { RoutingService } from '../../routing/routing.service.js';
import type { RouteCart, RoutedCart } from './carts.dto.js';
import { CartsService } from './carts.service.js';
import { unansweredLeftOut } from './deciding/answering.js';
import { boundBy, type NotBinding } from './deciding/binding.js';
import { openQuestions } from './deciding/cart-state.js';
import { routedLines } from './deciding/routed.js';

/** Hands a cart of words to routing, once nothing about it is open. */
@Injectable()
export class RoutingCarts {
  constructor(
    private readonly carts: CartsService,
    private readonly routing: RoutingService,
  ) {}

  /**
   * Routes what is settled, under the constraints of the cart. Throws `cart_has_questions` while any is open and `acceptDefaults` was not
   * said, `cart_empty` for nothing to buy, and what routing throws.
   */
  async route(
    tenant: TenantContext,
    id: string,
    body: RouteCart,
    { key, traceparent }: { key: string | undefined; traceparent: string | undefined },
  ): Promise<{ routed: RoutedCart; replayed: boolean }> {
    const { tenantId } = tenant;
    const row = await this.carts.closed(tenantId, id);
    if (openQuestions(row.state).length > 0 && !body.acceptDefaults) throw new AppError('cart_has_questions', id);
    const state = openQuestions(row.state).length > 0 ? unansweredLeftOut(row.state) : row.state;
    const items = routedLines(state);
    if (items.length === 0) throw new AppError('cart_empty', id);
    const { acceptDefaults: _, ...asked } = body;
    const { notBinding, ...bound } = boundBy(state.constraints, state.neededBy);
    const route = await this.routing.request(
      tenant,
      { ...bound, ...asked, items, metadata: { ...toldOf(notBinding), ...body.metadata, cartId: id } },
      key,
      traceparent,
    );
    if (!route.replayed) await this.carts.routed(tenantId, id);
    if (state !== row.state && !route.replayed) await this.carts.change(tenantId, row, state);
    const leftOut = state.lines
      .filter((line) => line.state === 'left_out')
      .map((line) => ({ line: line.id, name: line.name }));
    const path = `/v1/routes/${route.id}`;
    const routed = { cartId: id, routeId: route.id, path, items: items.length, leftOut, notBinding };
    return { routed, replayed: route.replayed };
  }
}

/** What a route cannot be held to goes with it as it was said. */
function toldOf(notBinding: readonly NotBinding[]): Record<string, string> {
  const told: Record<string, string> = {};
  for (const { constraint, said } of notBinding)
    told[constraint] = (constraint in told ? `${told[constraint]}, ${said}` : said).slice(0, 500);
  return told;
}
