import { Body, Controller, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Acts } from '../../../operations/doors.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Tenant } from '../../tenants/tenant.decorator.js';
import { PlanResource } from '../plan.dto.js';
import { SwapMeal } from '../planning.dto.js';
import { SwapService } from './swap.service.js';

@ApiTags('plans')
@Controller('v1/plans')
export class SwapsController {
  constructor(private readonly swaps: SwapService) {}

  @Acts(
    'plan',
    'swap',
    ['swapMeal', 'Another recipe for one meal: a new plan, all else as it was'],
    { 201: PlanResource },
    [413, 415, 422],
  )
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
}
