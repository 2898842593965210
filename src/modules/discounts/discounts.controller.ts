import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Answers, Named } from '../../platform/http/answers.decorator.js';
import { Scopes, Tenant } from '../tenants/tenant.decorator.js';
import type { TenantContext } from '../tenants/scopes.js';
import { FindOffers, askedOf, OfferList } from './discounts.dto.js';
import { DiscountsService } from './discounts.service.js';

@ApiTags('offers')
@Controller('v1/offers')
export class DiscountsController {
  constructor(private readonly discounts: DiscountsService) {}

  @Get()
  @Scopes('routes:read')
  @Named('findOffers', 'What shops near a place sell for less now, before it expires')
  @Answers({ 200: OfferList }, [400, 401, 403, 422, 429, 503])
  async find(
    @Tenant() tenant: TenantContext,
    @Query({ schema: FindOffers }) query: FindOffers,
    @Req() request: FastifyRequest,
  ): Promise<OfferList> {
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    const { offers: data, ...rest } = await this.discounts.near(tenant.tenantId, askedOf(query), gone.signal);
    return { data, ...rest };
  }
}
