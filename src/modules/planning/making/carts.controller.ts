import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../../config.js';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { idempotencyKeyOf } from '../../../platform/http/idempotency-key.js';
import { Id } from '../../../platform/http/parameters.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { RoutedPlan } from '../plan.dto.js';
import { RoutePlan } from '../planning.dto.js';
import { CartService } from './cart.service.js';

@ApiTags('plans')
@Controller('v1/plans')
export class CartsOfPlansController {
  constructor(
    private readonly carts: CartService,
    private readonly config: Config,
  ) {}

  @Post(':id/route')
  @HttpCode(202)
  @Scopes('plans:read', 'routes:write')
  @Describes('routePlan', 'Route the list of a plan', { 202: RoutedPlan }, [404, 409, 413, 415, 422])
  route(
    @Tenant() tenant: TenantContext,
    @Id('plan') id: string,
    @Body({ schema: RoutePlan }) body: RoutePlan,
    @Req() { headers }: FastifyRequest,
  ): Promise<RoutedPlan> {
    const key = idempotencyKeyOf(headers['idempotency-key'], this.config.requireIdempotencyKey);
    return this.carts.ask(tenant, id, body, { key, traceparent: headers.traceparent as string | undefined });
  }
}
