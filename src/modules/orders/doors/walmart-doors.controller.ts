import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NeedsScope } from '../../../platform/http/access.js';
import { Describes } from '../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Tenant } from '../../tenants/tenant.decorator.js';
import {
  Counts,
  FormerOrder,
  FormerOrders,
  FormerPriceHistory,
  FormerProducts,
  HistoryDays,
  ListFormer,
  OneFormerProduct,
  SearchFormer,
} from './doors.dto.js';
import { DoorsService } from './doors.service.js';

/** The history as callers of the former grocery agent ask for it. */
@ApiTags('former interfaces')
@Controller('api/walmart')
@NeedsScope('imports:read')
export class WalmartDoorsController {
  constructor(private readonly doors: DoorsService) {}

  @Get('health')
  @Describes('formerCounts', 'How many orders and products the history has', { 200: Counts })
  health(@Tenant() { tenantId }: TenantContext): Promise<{ orders: number; products: number }> {
    return this.doors.counts(tenantId);
  }

  @Get('orders')
  @Describes('formerOrders', 'The orders of the history, newest first', { 200: FormerOrders })
  orders(
    @Tenant() { tenantId }: TenantContext,
    @Query({ schema: ListFormer }) query: ListFormer,
  ): Promise<FormerOrders> {
    return this.doors.listOrders(tenantId, query);
  }

  @Get('orders/:id')
  @Describes('formerOrder', 'An order by its id or number', { 200: FormerOrder }, [404])
  order(@Tenant() { tenantId }: TenantContext, @Param('id') id: string): Promise<FormerOrder> {
    return this.doors.order(tenantId, id);
  }

  @Get('products')
  @Describes('formerProducts', 'Products of the history with their last known prices', { 200: FormerProducts })
  products(
    @Tenant() { tenantId }: TenantContext,
    @Query({ schema: SearchFormer }) query: SearchFormer,
  ): Promise<FormerProducts> {
    return this.doors.searchProducts(tenantId, query);
  }

  @Get('products/:id')
  @Describes('formerProduct', 'A product by our id or the shop’s', { 200: OneFormerProduct }, [404])
  product(@Tenant() { tenantId }: TenantContext, @Param('id') id: string): Promise<OneFormerProduct> {
    return this.doors.product(tenantId, id);
  }

  @Get('price/history/:id')
  @Describes('formerWalmartPrices', 'What a product was seen to cost', { 200: FormerPriceHistory }, [404])
  prices(
    @Tenant() { tenantId }: TenantContext,
    @Param('id') id: string,
    @Query({ schema: HistoryDays }) { days }: HistoryDays,
  ): Promise<FormerPriceHistory> {
    return this.doors.priceHistory(tenantId, id, days);
  }
}
