import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Answers } from '../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { DeliveryList, DeliveryResource, ListDeliveries } from '../notifications.dto.js';
import { DeliveriesService } from './deliveries.service.js';
import { seenBy } from './seen-delivery.js';

const ID = { name: 'id', example: 'whd_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9' };

@ApiTags('webhooks')
@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Get()
  @Scopes('webhooks:read')
  @ApiOperation({ operationId: 'listDeliveries', summary: 'List deliveries, newest first; of one route with subject' })
  @Answers({ 200: DeliveryList }, [400, 401, 403, 429, 503])
  list(
    @Tenant() tenant: TenantContext,
    @Query({ schema: ListDeliveries }) query: ListDeliveries,
  ): Promise<DeliveryList> {
    return this.deliveries.list(tenant.tenantId, query);
  }

  @Get(':id')
  @Scopes('webhooks:read')
  @ApiOperation({ operationId: 'getDelivery', summary: 'Read a delivery with its attempts' })
  @ApiParam(ID)
  @Answers({ 200: DeliveryResource }, [401, 403, 404, 429, 503])
  async get(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<DeliveryResource> {
    return seenBy(tenant.scopes, await this.deliveries.get(tenant.tenantId, id));
  }

  @Post(':id/resend')
  @HttpCode(202)
  @Scopes('webhooks:write')
  @ApiOperation({ operationId: 'resendDelivery', summary: 'Send a delivery again: same id, same body' })
  @ApiParam(ID)
  @Answers({ 202: DeliveryResource }, [401, 403, 404, 409, 429, 503])
  async resend(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<DeliveryResource> {
    return seenBy(tenant.scopes, await this.deliveries.resend(tenant.tenantId, id));
  }
}
