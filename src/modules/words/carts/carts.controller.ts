import { Body, Controller, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../../config.js';
import { Cancels, Creates, Lists, Reads } from '../../../operations/doors.js';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { idempotencyKeyOf } from '../../../platform/http/idempotency-key.js';
import { HeaderNamed, Id } from '../../../platform/http/parameters.decorator.js';
import { IDEMPOTENCY_KEY, answerAccepted, answerCurrent, answerMade } from '../../../platform/http/submitted.js';
import { LongPolls } from '../../tenants/long-polls.service.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { AnswerCart, CartList, CartResource, CreateCart, ListCarts, RouteCart, RoutedCart } from './carts.dto.js';
import { CartsService } from './carts.service.js';
import { RoutingCarts } from './routing-carts.service.js';

const MADE = { 200: CartResource, 202: CartResource };

@ApiTags('carts')
@Controller('v1/carts')
export class CartsController {
  constructor(
    private readonly carts: CartsService,
    private readonly routing: RoutingCarts,
    private readonly config: Config,
    private readonly polls: LongPolls,
  ) {}

  @Creates('cart', 'Make a cart of words; what is not sure becomes a question', MADE, [404])
  async create(
    @Tenant() tenant: TenantContext,
    @Body({ schema: CreateCart }) body: CreateCart,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CartResource> {
    const { headers } = request;
    const key = idempotencyKeyOf(headers['idempotency-key'], this.config.requireIdempotencyKey);
    const { id, replayed } = await this.carts.request(tenant, body, key, headers.traceparent as string | undefined);
    const resource = await this.read(tenant, id, request, reply);
    return answerAccepted(reply, { resource, replayed, root: '/v1/carts' });
  }

  @Lists('cart', CartList)
  list(@Tenant() { tenantId }: TenantContext, @Query({ schema: ListCarts }) query: ListCarts): Promise<CartList> {
    return this.carts.list(tenantId, query);
  }

  @Reads('cart', CartResource, 'Read a cart; with Prefer: wait=n, once its words are read')
  async get(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CartResource | undefined> {
    return answerCurrent(request, reply, await this.read(tenant, id, request, reply));
  }

  @Cancels('cart', CartResource)
  cancel(@Tenant() { tenantId }: TenantContext, @Param('id') id: string): Promise<CartResource> {
    return this.carts.cancel(tenantId, id);
  }

  @Post(':id/answers')
  @HttpCode(200)
  @Scopes('carts:write')
  @Describes('answerCart', 'Answer questions about a cart', { 200: CartResource }, [404, 409, 413, 415, 422])
  answer(
    @Tenant() { tenantId }: TenantContext,
    @Id('crt') id: string,
    @Body({ schema: AnswerCart }) body: AnswerCart,
  ): Promise<CartResource> {
    return this.carts.answer(tenantId, id, body);
  }

  @Post(':id/route')
  @HttpCode(202)
  @Scopes('carts:write', 'routes:write')
  @Describes('routeCart', 'Route what is settled in a cart', { 202: RoutedCart }, [404, 409, 413, 415, 422])
  async route(
    @Tenant() tenant: TenantContext,
    @Id('crt') id: string,
    @Body({ schema: RouteCart }) body: RouteCart,
    @HeaderNamed(IDEMPOTENCY_KEY) header: string | undefined,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RoutedCart> {
    const key = idempotencyKeyOf(header, this.config.requireIdempotencyKey);
    const told = { key, traceparent: headers.traceparent as string | undefined };
    const { routed, replayed } = await this.routing.route(tenant, id, body, told);
    answerMade(reply, { resource: { id: routed.routeId }, replayed, root: '/v1/routes' });
    return routed;
  }

  private read(tenant: TenantContext, id: string, request: FastifyRequest, reply: FastifyReply): Promise<CartResource> {
    const { tenantId } = tenant;
    return this.polls.read(tenant, request, reply, {
      now: () => this.carts.get(tenantId, id),
      within: (seconds, gone) => this.carts.wait(tenantId, id, seconds, gone),
    });
  }
}
