import type { TenantContext } from '../../tenants/scopes.js';

/** What the gateway asks of other rooms for its clients. Who talks to clients reaches none of how it is done. */
export abstract class GatewayDesk {
  /** A price to be told of. Throws `product_not_found`. */
  abstract watch(
    tenantId: string,
    wish: { productId: string; targetPrice?: number; percentDrop?: number },
  ): Promise<object>;
  /** What is read of words, and what read them. */
  abstract read(text: string): object;
  /** A cart of words, accepted under the id that is answered. Throws `cart_not_found` for one to go on with. */
  abstract cart(tenant: TenantContext, text: string, cartId: string | undefined): Promise<string>;
}
