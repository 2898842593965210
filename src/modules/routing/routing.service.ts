import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Config } from '../../config.js';
import type { NewOperation, Written } from '../../operations/accepting.js';
import { Operations } from '../../operations/operations.js';
import { Database } from '../../platform/database/database.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { traceFields } from '../../platform/telemetry/tracing.js';
import type { TenantContext } from '../tenants/scopes.js';
import { KnownRoutes } from './collecting/known-routes.js';
import { NewRoutes, type RouteColumns } from './new-routes.js';
import { resourceOf } from './route.resource.js';
import type { CreateRoute, ListRoutes, RouteList, RouteResource, ValidatedRoute } from './routing.dto.js';
import { routingMetrics } from './routing.metrics.js';
import { RoutingRepository, type RouteRow } from './routing.repository.js';

/**
 * The caller's side of routing. A route that was answered with an id is a committed row: its jobs are added after the commit, and
 * the relay adds them again if that failed. Deciding is DecisionService's.
 */
@Injectable()
export class RoutingService {
  /** Whether what was accepted here may be asked for or decided here, too. */
  private readonly isAsking: boolean;

  constructor(
    private readonly routes: RoutingRepository,
    private readonly known: KnownRoutes,
    private readonly database: Database,
    private readonly newRoutes: NewRoutes,
    private readonly operations: Operations,
    config: Config,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
  ) {
    this.isAsking = config.roles.has('quotes') || config.roles.has('aggregator');
  }

  /**
   * Accepts a route: refuses first (backlog, no provider, webhook URL), then commits, then queues. Throws AppError; after a throw nothing
   * was accepted. `route` is the new one, as it stands.
   */
  async request(
    tenant: Pick<TenantContext, 'tenantId'>,
    body: CreateRoute,
    idempotencyKey: string | undefined,
    traceparent: string | undefined,
    cancelAfterSeconds: number | null = null,
  ): Promise<{ id: string; replayed: boolean; route: RouteResource | null }> {
    const { tenantId } = tenant;
    let made: (NewOperation & { own: RouteColumns }) | null = null;
    const { id, replayed, written } = await this.operations.accept(
      'route',
      { tenantId, key: idempotencyKey, body, traceparent },
      async (put, carried) => {
        made = {
          ...(await this.newRoutes.of(tenantId, body)),
          traceparent: carried,
          cancelAfterSeconds,
        };
        const accepted = await put(made);
        // Before its job is queued, whose worker may be this process.
        if (accepted.written && this.isAsking) this.known.learn(rowOf(made, accepted.written), learned(made));
        return accepted;
      },
    );
    if (!written || !made) return { id, replayed, route: null };
    this.metrics.of(routingMetrics).requests.inc();
    const row = rowOf(made, written);
    this.log.debug({ route_id: id, tenant_id: tenantId, ...traceFields(row.traceparent) }, 'route.accepted');
    return { id, replayed, route: resourceOf(row, [], this.operations.load('route')) };
  }

  /** What accepting it would refuse is refused, and what it would freeze is told; nothing is kept and nobody is asked. */
  async validate({ tenantId }: TenantContext, body: CreateRoute): Promise<ValidatedRoute> {
    return { valid: true, policy: (await this.newRoutes.of(tenantId, body)).own.policy };
  }

  /** The route as it stands, or `route_not_found`. */
  get(tenantId: string, id: string): Promise<RouteResource> {
    return this.operations.get('route', tenantId, id);
  }

  /** The route once it is closed, or as it stands after `seconds`. */
  wait(tenantId: string, id: string, seconds: number, signal?: AbortSignal): Promise<RouteResource> {
    return this.operations.wait('route', tenantId, id, seconds, signal);
  }

  async list(tenantId: string, query: ListRoutes): Promise<RouteList> {
    return this.database.tenant(tenantId, async (tx) => {
      const rows = await this.routes.list(tx, { ...query, limit: query.limit + 1 });
      const page = rows.slice(0, query.limit);
      const nextCursor = rows.length > query.limit ? page.at(-1)!.id : await this.routes.lookedAtTo(tx, query);
      return { data: page.map(listItem), nextCursor };
    });
  }

  /** Closes an open route as cancelled; a second call answers the same. Throws `route_already_closed` when it was decided first. */
  cancel(tenantId: string, id: string): Promise<RouteResource> {
    return this.operations.cancel('route', tenantId, id);
  }
}

/** The route as it was written. */
function rowOf(
  { own, ...row }: NewOperation & { own: RouteColumns },
  { createdAt, deadlineAt, cancelAt }: Written,
): RouteRow {
  const { id, tenantId, reference, metadata, traceparent } = row;
  const open = { status: 'open', startedAt: null, closedAt: null, outcome: null } as const;
  return {
    id,
    tenantId,
    reference,
    metadata,
    traceparent,
    policy: own.policy,
    createdAt,
    deadlineAt,
    cancelAt,
    ...open,
  };
}

const learned = ({ tenantId, traceparent, own }: NewOperation & { own: RouteColumns }) => ({
  answers: [],
  asked: { tenantId, traceparent, ...own },
  elapsedMs: 0,
});

function listItem(route: RouteRow): RouteList['data'][number] {
  return {
    id: route.id,
    status: route.status,
    reference: route.reference,
    createdAt: route.createdAt.toISOString(),
    closedAt: route.closedAt?.toISOString() ?? null,
    winnerId: route.outcome?.winner?.providerId ?? null,
    totalCents: route.outcome?.winner?.totalCents ?? null,
  };
}
