import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Id } from '../../../platform/http/parameters.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { DeliveryList, DeliveryResource, ListDeliveries } from '../notifications.dto.js';
import { seenBy } from '../deciding/seen-delivery.js';
import { DeliveriesService } from './deliveries.service.js';

@ApiTags('webhooks')
@Controller('v1/deliveries')
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Get()
  @Scopes('webhooks:read')
  @Named('listDeliveries', 'List deliveries, newest first; of one route with subject')
  @Answers({ 200: DeliveryList }, [400, 401, 403, 429, 503])
  list(
    @Tenant() tenant: TenantContext,
    @Query({ schema: ListDeliveries }) query: ListDeliveries,
  ): Promise<DeliveryList> {
    return this.deliveries.list(tenant.tenantId, query);
  }

  @Get(':id')
  @Scopes('webhooks:read')
  @Named('getDelivery', 'Read a delivery with its attempts')
  @Answers({ 200: DeliveryResource }, [401, 403, 404, 429, 503])
  async get(@Tenant() tenant: TenantContext, @Id('whd') id: string): Promise<DeliveryResource> {
    return seenBy(tenant.scopes, await this.deliveries.get(tenant.tenantId, id));
  }

  @Post(':id/resend')
  @Scopes('webhooks:write')
  @Named('resendDelivery', 'Send a delivery again: same id, same body')
  @Answers({ 202: DeliveryResource }, [401, 403, 404, 409, 429, 503])
  async resend(@Tenant() tenant: TenantContext, @Id('whd') id: string): Promise<DeliveryResource> {
    return seenBy(tenant.scopes, await this.deliveries.resend(tenant.tenantId, id));
  }
}
