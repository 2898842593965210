import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { AppError } from '../../../common/errors.js';
import { OrdersService } from '../../orders/history/orders.service.js';
import { ProductsService } from '../../orders/history/products/products.service.js';
import { IntakeService } from '../../planning/intake/intake.service.js';
import { PlanningService } from '../../planning/planning.service.js';
import { PricesService, type SeenPrice } from '../../prices/prices.service.js';
import { likenessOf, thingOf } from '../../providers/matching/likeness.js';
import { RoutingService } from '../../routing/routing.service.js';
import { alternativesTo } from './deciding/alternatives.js';
import type { CartState, Found, StateAction, Usual } from './deciding/cart-state.js';
import { foodFound, priceFound, productFound, standingFound, type KnownPrice } from './deciding/found.js';
import { nextSteps } from './deciding/next-steps.js';

/** Of less likeness than this a product is another thing. */
const LEAST_LIKE = 0.3;
const MOST_SEARCHED = 40;
const MOST_THINGS = 5;
const MOST_EACH = 3;
/** A reduction that nobody saw for longer is none any more. */
const REDUCED_DAYS = 14;
const DAY_MS = 86_400_000;
/** Whoever names no user of theirs. */
const OWN_USER = 'self';

/** What may be looked at: where the caller wants none of the history, or the key may not read it, nothing of it is told. */
export interface MayRead {
  history: boolean;
  routes: boolean;
  plans: boolean;
}

/**
 * What a household has that words ask about: what it bought, what that was seen to cost, its latest route and plan; and the requests that
 * do what was asked for. It reads and changes nothing.
 */
@Injectable()
export class FindingService {
  constructor(
    private readonly orders: OrdersService,
    private readonly products: ProductsService,
    private readonly prices: PricesService,
    private readonly routing: RoutingService,
    private readonly plans: PlanningService,
    private readonly intakes: IntakeService,
  ) {}

  /** What it buys again: the lines of its latest order, as far as they were bought. */
  async usual(tenantId: string): Promise<Usual[]> {
    const { data } = await this.orders.list(tenantId, { limit: 1 });
    if (data.length === 0) return [];
    const { lines } = await this.orders.get(tenantId, data[0]!.id);
    return lines.flatMap(({ name, quantity, state }) =>
      state === 'bought' && name !== null
        ? [{ name, quantity: quantity !== null && quantity > 0 ? quantity : null, unit: null }]
        : [],
    );
  }

  /** The cart with what is known of each action, as far as it may be read, and what does it. */
  async told(tenantId: string, cartId: string, state: CartState, may: MayRead): Promise<CartState> {
    const actions: StateAction[] = [];
    for (const action of state.actions) {
      const found = [...action.found, ...(await this.found(tenantId, action, may))];
      const hasIntake = action.type === 'plan_meals' && may.plans && (await this.hasIntake(tenantId));
      const told = { ...action, found };
      actions.push({ ...told, next: nextSteps(told, { cartId, state, hasIntake }) });
    }
    return { ...state, actions };
  }

  private async found(tenantId: string, { type, about }: StateAction, may: MayRead): Promise<Found[]> {
    const things = about.slice(0, MOST_THINGS);
    if (type === 'substitute') return things.flatMap((name) => alternativesTo(name).map((one) => foodFound(name, one)));
    if (type === 'status') return this.standing(tenantId, may);
    if (!may.history) return [];
    if (type === 'discounts_near') return this.reduced(tenantId, things);
    if (type !== 'search' && type !== 'price_check' && type !== 'price_history') return [];
    const found = await Promise.all(things.map((name) => this.bought(tenantId, name, type === 'search')));
    return found.flat();
  }

  private async bought(tenantId: string, about: string, isSearch: boolean): Promise<Found[]> {
    const products = await this.alike(tenantId, about);
    if (isSearch) return products.map((product) => productFound(about, product));
    const seen = await this.prices.latest(
      tenantId,
      products.map(({ id }) => id),
    );
    const paid = await Promise.all(products.map(({ id }) => this.products.get(tenantId, id)));
    return products.flatMap((product, at) => {
      const latest = latestOf(
        seen.find(({ productKey }) => productKey === product.id),
        paid[at]!,
      );
      return latest ? [priceFound(about, product, latest)] : [];
    });
  }

  /** The products of the history that go by such a name, the likeliest first. */
  private async alike(tenantId: string, name: string) {
    const head = thingOf(name).head.replaceAll('_', ' ').slice(0, 100);
    if (head === '') return [];
    const { data } = await this.products.search(tenantId, { q: head, limit: MOST_SEARCHED });
    return data
      .map((product) => ({ ...product, like: likenessOf(name, product.name) }))
      .filter(({ like }) => like >= LEAST_LIKE)
      .sort((one, other) => other.like - one.like || (one.id < other.id ? -1 : 1))
      .slice(0, MOST_EACH);
  }

  private async reduced(tenantId: string, about: readonly string[]): Promise<Found[]> {
    const since = new Date(databaseNow() - REDUCED_DAYS * DAY_MS).toISOString().slice(0, 10);
    const seen = await this.prices.reduced(tenantId, since);
    return seen
      .flatMap(({ name, productKey, ...price }) => {
        if (name === null) return [];
        const thing = about.find((one) => likenessOf(one, name) >= LEAST_LIKE);
        if (about.length > 0 && thing === undefined) return [];
        return [priceFound(thing ?? null, { id: productKey, name }, seenAs({ ...price, productKey }))];
      })
      .slice(0, MOST_THINGS);
  }

  private async standing(tenantId: string, may: MayRead): Promise<Found[]> {
    const [routes, plans] = await Promise.all([
      may.routes ? this.routing.list(tenantId, { limit: 1 }) : NONE,
      may.plans ? this.plans.list(tenantId, { limit: 1 }) : NONE,
    ]);
    return [
      ...routes.data.map((route) => standingFound('route', route)),
      ...plans.data.map((plan) => standingFound('plan', plan)),
    ];
  }

  private async hasIntake(tenantId: string): Promise<boolean> {
    try {
      await this.intakes.get(tenantId, OWN_USER);
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'intake_not_found') return false;
      throw error;
    }
  }
}

const NONE = { data: [] };

function latestOf(
  seen: SeenPrice | undefined,
  paid: { retailer: string; lastCents: number | null; lastCurrency: string | null; lastOn: string | null },
): KnownPrice | null {
  const { lastCents: cents, lastCurrency: currency, lastOn: on, retailer: store } = paid;
  const own =
    cents !== null && currency !== null && on !== null
      ? { cents, currency, on, store, of: null, regularCents: null }
      : null;
  if (!seen) return own;
  return own && own.on > seen.lastSeenOn ? own : seenAs(seen);
}

const seenAs = ({ cents, currency, storeKey, lastSeenOn, amount, unit, regularCents }: SeenPrice): KnownPrice => ({
  cents,
  currency,
  store: storeKey,
  on: lastSeenOn,
  of: unit === 'each' && amount === 1 ? null : `${amount} ${unit}`,
  regularCents,
});
