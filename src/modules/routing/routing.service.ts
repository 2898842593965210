import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Batcher } from '../../common/batcher.js';
import { AppError } from '../../common/errors.js';
import { fingerprintOf } from '../../common/fingerprint.js';
import { newId } from '../../common/ids.js';
import { EventWaiter } from '../../events/event-waiter.js';
import { Outbox } from '../../events/outbox.js';
import { Sealer } from '../../platform/crypto/sealed.js';
import { Database } from '../../platform/database/database.js';
import { PublicUrls } from '../../platform/http/public-url.js';
import { keptOf } from '../../platform/http/submission.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { traceIdOf, traceparentFrom } from '../../platform/telemetry/tracing.js';
import { unreadIn } from '../../vocabulary/refusals.js';
import { QuotesService } from '../providers/quotes.service.js';
import type { TenantContext } from '../tenants/scopes.js';
import { Admission } from './admission.js';
import { buildPolicy } from './deciding/build-policy.js';
import { cancellationOf } from './closing.js';
import { Dispatcher } from './dispatcher.js';
import { SwitchesService } from '../switches/switches.service.js';
import { TrackRecords } from './track-records.js';
import { resourceOf } from './route.resource.js';
import type { CreateRoute, ListRoutes, RouteList, RouteResource, ValidatedRoute } from './routing.dto.js';
import { RoutingRepository, type NewRoute, type RouteRow } from './routing.repository.js';

export interface Accepted {
  id: string;
  replayed: boolean;
}

/**
 * The caller's side of routing. A route that was answered with an id is a committed row: its jobs are added after the commit, and
 * the dispatch relay adds them again if that failed. Deciding is DecisionService's.
 */
@Injectable()
export class RoutingService {
  private readonly accepting: Batcher<NewRoute, boolean>;
  /** Keys whose first request this process is writing right now. */
  private readonly inFlight = new Set<string>();

  constructor(
    private readonly routes: RoutingRepository,
    private readonly database: Database,
    private readonly quotes: QuotesService,
    private readonly dispatcher: Dispatcher,
    private readonly admission: Admission,
    private readonly trackRecords: TrackRecords,
    private readonly waiter: EventWaiter,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrls,
    private readonly sealer: Sealer,
    private readonly switches: SwitchesService,
    private readonly metrics: Metrics,
    private readonly log: PinoLogger,
  ) {
    this.accepting = new Batcher((routes) => this.insert(routes), { maxItems: 200, maxInFlight: 2 });
  }

  /**
   * Accepts a route: refuses first (backlog, no provider, webhook URL, key reuse), then commits, then queues. Throws AppError;
   * after a throw nothing was accepted.
   */
  async request(
    tenant: TenantContext,
    body: CreateRoute,
    idempotencyKey: string | undefined,
    traceparent: string | undefined,
    cancelAfterSeconds: number | null = null,
  ): Promise<Accepted> {
    const prepared = async (idempotency: NewRoute['idempotency']): Promise<NewRoute> => ({
      ...(await this.prepare(tenant, body)),
      traceparent: traceparentFrom(traceparent),
      cancelAfterSeconds,
      idempotency,
    });
    if (idempotencyKey === undefined) return this.accept(await prepared(null));
    const fingerprint = fingerprintOf(body);
    const slot = `${tenant.tenantId} ${idempotencyKey}`;
    if (this.inFlight.has(slot)) throw new AppError('idempotency_in_flight', slot, { retryAfterSeconds: 1 });
    this.inFlight.add(slot);
    try {
      const stored = await this.routes.findIdempotent(tenant.tenantId, idempotencyKey);
      if (stored) return replay(stored, fingerprint);
      return await this.accept(await prepared({ key: idempotencyKey, fingerprint }));
    } finally {
      this.inFlight.delete(slot);
    }
  }

  /** What accepting it would refuse is refused, and what it would freeze is told; nothing is kept and nobody is asked. */
  async validate(tenant: TenantContext, body: CreateRoute): Promise<ValidatedRoute> {
    return { valid: true, policy: (await this.prepare(tenant, body)).policy };
  }

  /** The route as it stands, or `route_not_found`. */
  async get(tenantId: string, id: string): Promise<RouteResource> {
    const found = await this.routes.read(tenantId, id);
    return resourceOf(found, found.answers, this.admission.load);
  }

  /** The route once it is closed, or as it stands after `seconds`; a lost wake-up only costs a second. */
  wait(tenantId: string, id: string, seconds: number, signal?: AbortSignal): Promise<RouteResource> {
    const read = () => this.get(tenantId, id);
    return this.waiter.until(id, seconds, { read, done: ({ status }) => status !== 'open' }, signal);
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
  async cancel(tenantId: string, id: string): Promise<RouteResource> {
    const before = await this.get(tenantId, id);
    if (before.status === 'open') {
      await this.database.tenant(tenantId, async (tx) => {
        const [route] = await this.routes.openRoutes(tx, [id]);
        if (!route) return;
        await this.routes.close(tx, [cancellationOf(route).closing]);
      });
      this.outbox.wake();
    }
    const after = await this.get(tenantId, id);
    if (after.status !== 'cancelled') throw new AppError('route_already_closed', `route ${id} is ${after.status}`);
    return after;
  }

  private async prepare(
    tenant: TenantContext,
    body: CreateRoute,
  ): Promise<Omit<NewRoute, 'traceparent' | 'cancelAfterSeconds' | 'idempotency'>> {
    this.admission.check(tenant.tenantId);
    const unread = body.items.flatMap((item, index) => unreadIn(item, `/items/${index}`));
    if (unread.length > 0) throw new AppError('route_unusable', `${unread.length} words unread`, { errors: unread });
    const candidates = this.quotes.candidates();
    if (!candidates.some((candidate) => !candidate.linkOnly)) {
      throw new AppError('providers_none_enabled', 'no provider that quotes is enabled and configured', {
        retryAfterSeconds: 30,
      });
    }
    const webhook = body.webhook && {
      ...body.webhook,
      url: await this.urls.check(body.webhook.url, '/webhook/url'),
    };
    const policy = buildPolicy(body, this.switches.values, candidates, this.trackRecords.recent());
    return {
      id: newId('req'),
      tenantId: tenant.tenantId,
      request: { items: body.items, shippingAddress: body.shippingAddress },
      policy,
      ...keptOf({ ...body, webhook }, (secret) => this.sealer.sealText(secret)),
      deadlineMs: policy.deadlineMs,
    };
  }

  private async accept(route: NewRoute): Promise<Accepted> {
    if (await this.accepting.add(route)) {
      this.metrics.requests.inc();
      this.admission.accepted(route.tenantId);
      this.dispatcher.dispatchSoon(route);
      return { id: route.id, replayed: false };
    }
    // Another process wrote the same key first.
    const stored = await this.routes.findIdempotent(route.tenantId, route.idempotency!.key);
    if (!stored) throw new AppError('idempotency_in_flight', `key lost and gone for route ${route.id}`);
    return replay(stored, route.idempotency!.fingerprint);
  }

  private async insert(routes: NewRoute[]): Promise<boolean[]> {
    const inserted = await this.routes.insertRoutes(routes);
    for (const route of routes) {
      if (!inserted.has(route.id)) continue;
      this.log.debug(
        { route_id: route.id, tenant_id: route.tenantId, trace_id: traceIdOf(route.traceparent) },
        'route.accepted',
      );
    }
    return routes.map((route) => inserted.has(route.id));
  }
}

function replay(stored: { subject: string; fingerprint: string }, fingerprint: string): Accepted {
  if (stored.fingerprint !== fingerprint) throw new AppError('idempotency_reused', `first used for ${stored.subject}`);
  return { id: stored.subject, replayed: true };
}

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
