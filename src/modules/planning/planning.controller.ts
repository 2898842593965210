import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import { idempotencyKeyOf } from '../../platform/http/idempotency-key.js';
import { Submits, Waits, answerAccepted, answerCurrent, readAsPreferred } from '../../platform/http/submitted.js';
import type { TenantContext } from '../tenants/scopes.js';
import { ReadsByToken } from '../../platform/http/access.js';
import { Scopes, Tenant } from '../tenants/tenant.decorator.js';
import { PlanList, PlanResource } from './plan.dto.js';
import { CreatePlan, ListPlans, SwapMeal } from './planning.dto.js';
import { SwapService } from './swap.service.js';
import { PlanningService } from './planning.service.js';

const ID = { name: 'id', example: 'plan_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9' };

@ApiTags('plans')
@Controller('v1/plans')
export class PlanningController {
  constructor(
    private readonly planning: PlanningService,
    private readonly swaps: SwapService,
    private readonly config: Config,
  ) {}

  @Post()
  @HttpCode(202)
  @Scopes('plans:write')
  @ApiOperation({ operationId: 'createPlan', summary: 'Plan meals: propose, repair, prove, tell' })
  @Submits('plan')
  @Answers({ 200: PlanResource, 202: PlanResource }, [400, 401, 403, 404, 413, 415, 422, 429, 503])
  async create(
    @Tenant() tenant: TenantContext,
    @Body({ schema: CreatePlan }) body: CreatePlan,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanResource> {
    const { headers } = request;
    const key = idempotencyKeyOf(headers['idempotency-key'], this.config.requireIdempotencyKey);
    const accepted = await this.planning.request(tenant, body, key, headers.traceparent as string | undefined);
    const resource = await this.read(tenant, accepted.id, request, reply);
    return answerAccepted(reply, { resource, replayed: accepted.replayed, root: '/v1/plans' });
  }

  @Get()
  @Scopes('plans:read')
  @ApiOperation({ operationId: 'listPlans', summary: 'List plans, newest first' })
  @Answers({ 200: PlanList }, [400, 401, 403, 429, 503])
  list(@Tenant() tenant: TenantContext, @Query({ schema: ListPlans }) query: ListPlans): Promise<PlanList> {
    return this.planning.list(tenant.tenantId, query);
  }

  @Get(':id')
  @ReadsByToken()
  @Scopes('plans:read')
  @ApiOperation({
    operationId: 'getPlan',
    summary: 'Read a plan with its proof; with Prefer: wait=n, once it is closed',
  })
  @Waits('plan')
  @ApiParam(ID)
  @Answers({ 200: PlanResource, 304: null }, [400, 401, 403, 404, 429, 503])
  async get(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanResource | undefined> {
    return answerCurrent(request, reply, await this.read(tenant, id, request, reply));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Scopes('plans:write')
  @ApiOperation({ operationId: 'cancelPlan', summary: 'Cancel an open plan; asking twice is fine' })
  @ApiParam(ID)
  @Answers({ 200: PlanResource }, [401, 403, 404, 409, 429, 503])
  cancel(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<PlanResource> {
    return this.planning.cancel(tenant.tenantId, id);
  }

  @Post(':id/swap')
  @HttpCode(201)
  @Scopes('plans:write')
  @ApiOperation({ operationId: 'swapMeal', summary: 'Another recipe for one meal: a new plan, all else as it was' })
  @ApiParam(ID)
  @Answers({ 201: PlanResource }, [400, 401, 403, 404, 409, 413, 415, 422, 429, 503])
  async swap(
    @Tenant() { tenantId }: TenantContext,
    @Param('id') id: string,
    @Body({ schema: SwapMeal }) wish: SwapMeal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanResource> {
    const plan = await this.swaps.swap(tenantId, id, wish);
    reply.header('Location', `/v1/plans/${plan.id}`);
    if (plan.status === 'open') reply.header('Retry-After', '1');
    return plan;
  }

  private read(
    { tenantId }: TenantContext,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<PlanResource> {
    return readAsPreferred(request, reply, {
      now: () => this.planning.get(tenantId, id),
      within: (seconds, gone) => this.planning.wait(tenantId, id, seconds, gone),
    });
  }
}
