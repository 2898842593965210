import type { NewOperation } from '../../operations/accepting.js';
import type { Policy } from './deciding/policy.js';
import type { CreateRoute } from './routing.dto.js';
import type { StoredRequest } from './routing.repository.js';

/** The columns that a route has beside those of every kind. */
export interface RouteColumns extends Readonly<Record<string, unknown>> {
  request: StoredRequest;
  policy: Policy;
}

export interface NewRoute extends Omit<NewOperation, 'traceparent' | 'cancelAfterSeconds'> {
  own: RouteColumns;
}

/** What a route is made of. Who accepts is given it, and so reaches neither providers nor the words of carts. */
export abstract class NewRoutes {
  /** Of `body`, with its policy frozen; nothing is kept and nobody is asked. Throws what accepting it would refuse. */
  abstract of(tenantId: string, body: CreateRoute): Promise<NewRoute>;
}
