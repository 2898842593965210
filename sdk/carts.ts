import type { AnswerCart, Cart, CartList, CreateCart, ListCarts, RouteCart, RoutedCart } from './cart-types.js';
import type { Http, RequestOptions } from './http.js';
import { Subjects, keyed, type CreateOptions } from './subjects.js';

export interface CartKind {
  Create: CreateCart;
  Resource: Cart;
  ListQuery: ListCarts;
  List: CartList;
}

/** Words that became carts. What is said about one that is there makes another, by `cartId`. */
export class Carts extends Subjects<CartKind> {
  constructor(http: Http) {
    super(http, '/v1/carts');
  }

  /** Answers what is asked about a cart of that version, all or none. */
  answer(id: string, body: AnswerCart, { signal }: RequestOptions = {}): Promise<Cart> {
    return this.http.json({ method: 'POST', path: this.path(id, '/answers'), body, signal, once: true });
  }

  /** Routes what is settled; the route is `client.routes.wait(routed.routeId)`. */
  route(id: string, body: RouteCart, options: CreateOptions = {}): Promise<RoutedCart> {
    const { signal } = options;
    return this.http.json({ method: 'POST', path: this.path(id, '/route'), body, signal, headers: keyed(options) });
  }
}
