import { Body, Controller, Param, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../common/errors.js';
import { Config } from '../../config.js';
import { Cancels, Creates, Lists, Reads } from '../../operations/doors.js';
import { idempotencyKeyOf } from '../../platform/http/idempotency-key.js';
import { answerAccepted, answerCurrent } from '../../platform/http/submitted.js';
import { LongPolls } from '../tenants/long-polls.service.js';
import type { TenantContext } from '../tenants/scopes.js';
import { Tenant } from '../tenants/tenant.decorator.js';
import { ConfirmationTokens } from './confirming/confirmation-tokens.js';
import {
  CreateRoute,
  CreateRouteOptions,
  ListRoutes,
  RouteList,
  RouteResource,
  ValidatedRoute,
} from './routing.dto.js';
import { RoutingService } from './routing.service.js';

const MADE = { 200: z.union([RouteResource, ValidatedRoute]), 202: RouteResource };
const CANCEL_AFTER = {
  name: 'Cancel-After',
  required: false,
  description: 'seconds, 1 to 3600: cancel the route if it is still open then',
};

@ApiTags('routes')
@Controller('v1/routes')
export class RoutingController {
  constructor(
    private readonly routing: RoutingService,
    private readonly tokens: ConfirmationTokens,
    private readonly config: Config,
    private readonly polls: LongPolls,
  ) {}

  @Creates('route', 'Route a cart: ask every provider, decide, tell', MADE)
  @ApiHeader(CANCEL_AFTER)
  async create(
    @Tenant() tenant: TenantContext,
    @Body({ schema: CreateRoute }) body: CreateRoute,
    @Query({ schema: CreateRouteOptions }) options: CreateRouteOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RouteResource | ValidatedRoute> {
    const { headers } = request;
    const cancelAfter = cancelAfterOf(headers['cancel-after']);
    const key = idempotencyKeyOf(headers['idempotency-key'], this.config.requireIdempotencyKey);
    if (options.validateOnly === 'true') {
      reply.status(200);
      return this.routing.validate(tenant, body);
    }
    const traceparent = headers.traceparent as string | undefined;
    const accepted = await this.routing.request(tenant, body, key, traceparent, cancelAfter);
    const resource = await this.read(tenant, accepted.id, request, reply, accepted.route);
    return answerAccepted(reply, { resource, replayed: accepted.replayed, root: '/v1/routes' });
  }

  @Lists('route', RouteList)
  list(@Tenant() tenant: TenantContext, @Query({ schema: ListRoutes }) query: ListRoutes): Promise<RouteList> {
    return this.routing.list(tenant.tenantId, query);
  }

  @Reads('route', RouteResource, 'Read a route; with Prefer: wait=n, once it is closed')
  async get(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RouteResource | undefined> {
    return answerCurrent(request, reply, await this.read(tenant, id, request, reply));
  }

  @Cancels('route', RouteResource)
  cancel(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<RouteResource> {
    return this.routing.cancel(tenant.tenantId, id);
  }

  private async read(
    tenant: TenantContext,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    made: RouteResource | null = null,
  ): Promise<RouteResource> {
    const { tenantId } = tenant;
    const route = await this.polls.read(tenant, request, reply, {
      now: async () => made ?? this.routing.get(tenantId, id),
      within: (seconds, gone) => this.routing.wait(tenantId, id, seconds, gone),
    });
    return this.tokens.shownTo(tenant, route);
  }
}

/** Seconds, or null without the header. A limit that cannot be read is refused: its caller counts on it. */
function cancelAfterOf(header: string | string[] | undefined): number | null {
  if (header === undefined) return null;
  const seconds = typeof header === 'string' && /^\d{1,4}$/.test(header) ? Number(header) : 0;
  if (seconds >= 1 && seconds <= 3600) return seconds;
  throw new AppError('request_invalid', 'bad Cancel-After', {
    errors: [{ pointer: 'Cancel-After', detail: 'seconds, a whole number from 1 to 3600' }],
  });
}
