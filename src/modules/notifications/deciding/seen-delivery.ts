import { kindOf } from '../../../operations/catalogue.js';
import type { Scope } from '../../tenants/scopes.js';
import type { DeliveryResource } from '../notifications.dto.js';

/** A delivery as a key sees it: what is told of a route or a plan only where it may read those, for the body is theirs. Pure. */
export function seenBy(scopes: readonly Scope[], delivery: DeliveryResource): DeliveryResource {
  const kind = kindOf(delivery.subject);
  return kind === null || scopes.includes(kind.read) ? delivery : { ...delivery, body: null };
}
