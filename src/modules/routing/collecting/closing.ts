import { NewEvent } from '../../../events/new-event.js';
import type { Closing } from '../../../operations/closing.js';
import { buildOutcome } from '../deciding/outcome.js';
import { decide } from '../deciding/quorum.js';
import { snapshotOf } from '../route.resource.js';
import type { Outcome } from '../deciding/policy.js';
import type { RouteSnapshot, RouteStatus } from '../routing.dto.js';
import type { OpenRoute } from '../routing.repository.js';

/** How an open route is closed: what is written, and what is announced with it. Pure but for the event's id. */
export interface Closed {
  route: OpenRoute;
  snapshot: RouteSnapshot;
  closing: Closing;
}

/** The closing of a route that is ripe; null while it should wait. */
export function closingOf(route: OpenRoute): Closed | null {
  const closedAt = route.now.toISOString();
  const decision = decide(route.policy, route.answers, { decidedAt: closedAt, deadlinePassed: route.overdue });
  if (decision.kind === 'wait') return null;
  const outcome = buildOutcome(route.policy, route.answers, decision, route.elapsedMs);
  const name = outcome.status === 'no_quotes' ? 'route.failed' : 'route.decided';
  return closed(route, { status: outcome.status, outcome }, name);
}

/** Without an outcome, whatever has been answered so far. */
export const cancellationOf = (route: OpenRoute): Closed =>
  closed(route, { status: 'cancelled', outcome: null }, 'route.cancelled');

function closed(
  route: OpenRoute,
  { status, outcome }: { status: Exclude<RouteStatus, 'open'>; outcome: Outcome | null },
  name: 'route.decided' | 'route.failed' | 'route.cancelled',
): Closed {
  const snapshot = snapshotOf({ ...route, status, outcome, closedAt: route.now }, route.answers);
  const event = NewEvent.of(name, snapshot);
  return {
    route,
    snapshot,
    closing: { id: route.id, status, closedAt: route.now.toISOString(), event, own: { outcome } },
  };
}
