import { tellerOf } from '../../../operations/catalogue.js';
import type { Scope } from '../../tenants/scopes.js';
import type { DeliveryResource } from '../notifications.dto.js';

/** A delivery as a key sees it: what is told of a route or a plan only where it may read those, for the body is theirs. Pure. */
export function seenBy(scopes: readonly Scope[], delivery: DeliveryResource): DeliveryResource {
  const teller = tellerOf(delivery.subject);
  return teller === null || scopes.includes(teller.read) ? delivery : { ...delivery, body: null };
}
