import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../common/errors.js';
import { Config } from '../../config.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { notModified, sendWithEtag } from '../../platform/http/etag.js';
import { idempotencyKeyOf } from '../../platform/http/idempotency-key.js';
import { preferredWait } from '../../platform/http/prefer.js';
import type { TenantContext } from '../tenants/scopes.js';
import { ReadsByToken, Scopes, Tenant } from '../tenants/tenant.decorator.js';
import { ConfirmationsService } from './confirmations.service.js';
import {
  CreateRoute,
  CreateRouteOptions,
  ListRoutes,
  MAX_WAIT_SECONDS,
  RouteList,
  RouteResource,
  ValidatedRoute,
} from './routing.dto.js';
import { RoutingService } from './routing.service.js';

const WAIT = {
  name: 'Prefer',
  required: false,
  description: `wait=n: answer when the route is closed or after n ≤ ${MAX_WAIT_SECONDS} s`,
};
const KEY = {
  name: 'Idempotency-Key',
  required: false,
  description: 'makes sending twice safe for 24 h; required in production',
};
const CANCEL_AFTER = {
  name: 'Cancel-After',
  required: false,
  description: 'seconds, 1 to 3600: cancel the route if it is still open then',
};
const ID = { name: 'id', example: 'req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9' };

@ApiTags('routes')
@Controller('v1/routes')
export class RoutingController {
  constructor(
    private readonly routing: RoutingService,
    private readonly confirmations: ConfirmationsService,
    private readonly config: Config,
  ) {}

  @Post()
  @HttpCode(202)
  @Scopes('routes:write')
  @ApiOperation({ operationId: 'createRoute', summary: 'Route a cart: ask every provider, decide, tell' })
  @ApiHeader(KEY)
  @ApiHeader(WAIT)
  @ApiHeader(CANCEL_AFTER)
  @Answers(
    { 200: z.union([RouteResource, ValidatedRoute]), 202: RouteResource },
    [400, 401, 403, 409, 413, 415, 422, 429, 503],
  )
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
    if (accepted.replayed) reply.header('Idempotent-Replayed', 'true');
    const route = await this.read(tenant, accepted.id, request, reply);
    reply.header('Location', `/v1/routes/${route.id}`);
    if (route.status === 'open') reply.header('Retry-After', '1');
    reply.status(route.status === 'open' || !headers.prefer ? 202 : 200);
    return route;
  }

  @Get()
  @Scopes('routes:read')
  @ApiOperation({ operationId: 'listRoutes', summary: 'List routes, newest first' })
  @Answers({ 200: RouteList }, [400, 401, 403, 429, 503])
  list(@Tenant() tenant: TenantContext, @Query({ schema: ListRoutes }) query: ListRoutes): Promise<RouteList> {
    return this.routing.list(tenant.tenantId, query);
  }

  @Get(':id')
  @ReadsByToken()
  @Scopes('routes:read')
  @ApiOperation({ operationId: 'getRoute', summary: 'Read a route; with Prefer: wait=n, once it is closed' })
  @ApiHeader(WAIT)
  @ApiParam(ID)
  @Answers({ 200: RouteResource, 304: null }, [400, 401, 403, 404, 429, 503])
  async get(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RouteResource | undefined> {
    const route = await this.read(tenant, id, request, reply);
    if (route.status === 'open') reply.header('Retry-After', '1');
    return notModified(sendWithEtag(reply, route), request) ? void reply.status(304) : route;
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Scopes('routes:write')
  @ApiOperation({ operationId: 'cancelRoute', summary: 'Cancel an open route; asking twice is fine' })
  @ApiParam(ID)
  @Answers({ 200: RouteResource }, [401, 403, 404, 409, 429, 503])
  cancel(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<RouteResource> {
    return this.routing.cancel(tenant.tenantId, id);
  }

  private async read(
    tenant: TenantContext,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<RouteResource> {
    const seconds = preferredWait(request.headers.prefer, MAX_WAIT_SECONDS);
    if (seconds === null) return this.confirmations.shownTo(tenant, await this.routing.get(tenant.tenantId, id));
    reply.header('Preference-Applied', `wait=${seconds}`);
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    return this.confirmations.shownTo(tenant, await this.routing.wait(tenant.tenantId, id, seconds, gone.signal));
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
