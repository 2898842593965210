import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NeedsScope } from '../../../platform/http/access.js';
import { Describes } from '../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Tenant } from '../../tenants/tenant.decorator.js';
import { ListOrders, OrderList, OrderResource } from './history.dto.js';
import { OrdersService } from './orders.service.js';

@ApiTags('history')
@Controller('v1')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get('orders')
  @NeedsScope('imports:read')
  @Describes('listOrders', 'List the orders of the history, newest first', { 200: OrderList })
  list(@Tenant() { tenantId }: TenantContext, @Query({ schema: ListOrders }) query: ListOrders): Promise<OrderList> {
    return this.orders.list(tenantId, query);
  }

  @Get('orders/:id')
  @NeedsScope('imports:read')
  @Describes('getOrder', 'Read an order with its lines, and where each field is from', { 200: OrderResource }, [404])
  get(@Tenant() { tenantId }: TenantContext, @Param('id') id: string): Promise<OrderResource> {
    return this.orders.get(tenantId, id);
  }
}
