import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NeedsScope } from '../../../platform/http/access.js';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { Id } from '../../../platform/http/parameters.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Tenant } from '../../tenants/tenant.decorator.js';
import { ManualPricesService } from '../observing/manual-prices.service.js';
import {
  AskPriceCheck,
  CreatedPrices,
  CreatePriceChecks,
  CreatePrices,
  ListPrices,
  PriceCheck,
  PriceChecks,
  PriceHistory,
} from '../prices.dto.js';
import { ChecksService } from './checks.service.js';

@ApiTags('prices')
@Controller('v1')
export class PricesController {
  constructor(
    private readonly checks: ChecksService,
    private readonly manual: ManualPricesService,
  ) {}

  @Post('prices')
  @NeedsScope('imports:write')
  @Describes('createPrices', 'Tell prices that were seen; each line has its own answer', { 200: CreatedPrices }, [422])
  create(
    @Tenant() { tenantId }: TenantContext,
    @Body({ schema: CreatePrices }) body: CreatePrices,
  ): Promise<CreatedPrices> {
    return this.manual.create(tenantId, body);
  }

  @Get('products/:id/prices')
  @NeedsScope('imports:read')
  @Describes('listPrices', 'What a product cost, by day, week or month, newest first', { 200: PriceHistory }, [404])
  list(
    @Tenant() { tenantId }: TenantContext,
    @Id('prd') id: string,
    @Query({ schema: ListPrices }) query: ListPrices,
  ): Promise<PriceHistory> {
    return this.checks.history(tenantId, id, query);
  }

  @Get('products/:id/price-check')
  @NeedsScope('imports:read')
  @Describes('checkPrice', 'Whether a price is a good one for this product', { 200: PriceCheck }, [404, 422])
  check(
    @Tenant() { tenantId }: TenantContext,
    @Id('prd') id: string,
    @Query({ schema: AskPriceCheck }) query: AskPriceCheck,
  ): Promise<PriceCheck> {
    return this.checks.check(tenantId, id, query);
  }

  @Post('price-checks')
  @NeedsScope('imports:read')
  @Describes('checkPrices', 'Judge the prices of a cart, or of a route’s quotes', { 200: PriceChecks }, [404, 422])
  checkAll(
    @Tenant() { tenantId }: TenantContext,
    @Body({ schema: CreatePriceChecks }) body: CreatePriceChecks,
  ): Promise<PriceChecks> {
    return this.checks.checkAll(tenantId, body);
  }
}
