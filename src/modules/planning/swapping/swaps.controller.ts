import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Id } from '../../../platform/http/parameters.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { PlanResource, SwapOptions } from '../plan.dto.js';
import { ListSwaps, SwapMeal } from '../planning.dto.js';
import { SwapService } from './swap.service.js';

@ApiTags('plans')
@Controller('v1/plans')
export class SwapsController {
  constructor(private readonly swaps: SwapService) {}

  @Get(':id/swap')
  @Scopes('plans:read')
  @Named('listSwaps', 'What one meal may become, and what each choice changes')
  @Answers({ 200: SwapOptions }, [400, 401, 403, 404, 409, 422, 429, 503])
  options(
    @Tenant() { tenantId }: TenantContext,
    @Id('plan') id: string,
    @Query({ schema: ListSwaps }) query: ListSwaps,
    @Req() request: FastifyRequest,
  ): Promise<SwapOptions> {
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    return this.swaps.options(tenantId, id, query, gone.signal);
  }

  @Post(':id/swap')
  @Scopes('plans:write')
  @Named('swapMeal', 'Another recipe for one meal: a new plan, all else as it was')
  @Answers({ 201: PlanResource }, [400, 401, 403, 404, 409, 413, 415, 422, 429, 503])
  async swap(
    @Tenant() { tenantId }: TenantContext,
    @Id('plan') id: string,
    @Body({ schema: SwapMeal }) wish: SwapMeal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanResource> {
    const plan = await this.swaps.swap(tenantId, id, wish);
    reply.header('Location', `/v1/plans/${plan.id}`);
    if (plan.status === 'open') reply.header('Retry-After', '1');
    return plan;
  }
}
