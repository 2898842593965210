import { Body, Controller, Get, HttpCode, Param, Post, Query, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NeedsScope } from '../../../platform/http/access.js';
import { Describes } from '../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Tenant } from '../../tenants/tenant.decorator.js';
import {
  Calculate,
  CalculateBulk,
  Calculated,
  CalculatedBulk,
  FormerPriceHistory,
  HistoryDays,
  OneFormerProduct,
  Promotions,
  Tracked,
  TrackPrice,
} from './doors.dto.js';
import { DoorsService } from './doors.service.js';

/** The former price service stood alone, so its callers know its paths with and without a folder before them. */
function pricingControllerOf(folder: string, Name: string): Type {
  @ApiTags('former interfaces')
  @Controller(folder)
  @NeedsScope('imports:read')
  class PricingController {
    constructor(private readonly doors: DoorsService) {}

    @Post('calculate')
    @HttpCode(200)
    @Describes(
      `calculate${Name}`,
      'What so many of a product cost by the last known price',
      { 200: Calculated },
      [413, 415],
    )
    calculate(
      @Tenant() { tenantId }: TenantContext,
      @Body({ schema: Calculate }) body: Calculate,
    ): Promise<Calculated> {
      return this.doors.calculate(tenantId, body);
    }

    @Post('bulk')
    @HttpCode(200)
    @Describes(
      `calculate${Name}Bulk`,
      'What many products cost by their last known prices',
      { 200: CalculatedBulk },
      [413, 415],
    )
    bulk(
      @Tenant() { tenantId }: TenantContext,
      @Body({ schema: CalculateBulk }) body: CalculateBulk,
    ): Promise<CalculatedBulk> {
      return this.doors.calculateAll(tenantId, body);
    }

    @Get('promotions')
    @Describes(`list${Name}Promotions`, 'What was seen to cost less of late', { 200: Promotions })
    promotions(@Tenant() { tenantId }: TenantContext): Promise<Promotions> {
      return this.doors.promotions(tenantId);
    }
  }
  return PricingController;
}

export const PRICING_DOORS: readonly Type[] = [
  pricingControllerOf('api/pricing', 'Pricing'),
  pricingControllerOf('', 'Price'),
];

@ApiTags('former interfaces')
@Controller('api/price')
@NeedsScope('imports:read')
export class PriceDoorsController {
  constructor(private readonly doors: DoorsService) {}

  @Get(':id')
  @Describes('formerPrice', 'A product with its last known price', { 200: OneFormerProduct }, [404])
  price(@Tenant() { tenantId }: TenantContext, @Param('id') id: string): Promise<OneFormerProduct> {
    return this.doors.product(tenantId, id);
  }

  @Get('history/:id')
  @Describes('formerPrices', 'What a product was seen to cost', { 200: FormerPriceHistory }, [404])
  history(
    @Tenant() { tenantId }: TenantContext,
    @Param('id') id: string,
    @Query({ schema: HistoryDays }) { days }: HistoryDays,
  ): Promise<FormerPriceHistory> {
    return this.doors.priceHistory(tenantId, id, days);
  }

  @Post('track')
  @NeedsScope('imports:write')
  @Describes('formerTrackPrice', 'Be told when a price falls', { 201: Tracked }, [404, 413, 415, 422])
  track(@Tenant() { tenantId }: TenantContext, @Body({ schema: TrackPrice }) body: TrackPrice): Promise<Tracked> {
    return this.doors.track(tenantId, body);
  }
}
