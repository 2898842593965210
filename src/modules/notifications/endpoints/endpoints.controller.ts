import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Id } from '../../../platform/http/parameters.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { DeliveriesService } from '../deliveries/deliveries.service.js';
import {
  CreateEndpoint,
  CreatedEndpoint,
  DeliveryList,
  DeliveryResource,
  EndpointList,
  EndpointResource,
  ListEndpointDeliveries,
  ListEndpoints,
  Replay,
  Replayed,
  RotatedSecret,
  RotateSecret,
  SecretResource,
  UpdateEndpoint,
} from '../notifications.dto.js';
import { EndpointsService } from './endpoints.service.js';

@ApiTags('webhooks')
@Controller('v1/webhook-endpoints')
export class EndpointsController {
  constructor(
    private readonly endpoints: EndpointsService,
    private readonly deliveries: DeliveriesService,
  ) {}

  @Post()
  @Scopes('webhooks:write')
  @Named('createWebhookEndpoint', 'Add an endpoint; its secret is shown this once')
  @Answers({ 201: CreatedEndpoint }, [400, 401, 403, 409, 413, 415, 422, 429, 503])
  create(
    @Tenant() tenant: TenantContext,
    @Body({ schema: CreateEndpoint }) body: CreateEndpoint,
  ): Promise<CreatedEndpoint> {
    return this.endpoints.create(tenant, body);
  }

  @Get()
  @Scopes('webhooks:read')
  @Named('listWebhookEndpoints', 'List endpoints, newest first')
  @Answers({ 200: EndpointList }, [400, 401, 403, 429, 503])
  list(@Tenant() tenant: TenantContext, @Query({ schema: ListEndpoints }) query: ListEndpoints): Promise<EndpointList> {
    return this.endpoints.list(tenant.tenantId, query);
  }

  @Get('default/secret')
  @Scopes('webhooks:write')
  @Named('getDefaultWebhookSecret', 'The secret that signs webhooks named in a request without a secret of their own')
  @Answers({ 200: SecretResource }, [401, 403, 429, 503])
  tenantSecret(@Tenant() tenant: TenantContext): Promise<SecretResource> {
    return this.endpoints.tenantSecret(tenant.tenantId);
  }

  @Get(':id')
  @Scopes('webhooks:read')
  @Named('getWebhookEndpoint', 'Read an endpoint')
  @Answers({ 200: EndpointResource }, [401, 403, 404, 429, 503])
  get(@Tenant() tenant: TenantContext, @Id('ep') id: string): Promise<EndpointResource> {
    return this.endpoints.get(tenant.tenantId, id);
  }

  @Patch(':id')
  @Scopes('webhooks:write')
  @Named('updateWebhookEndpoint', 'Change an endpoint, from its next attempt on')
  @Answers({ 200: EndpointResource }, [400, 401, 403, 404, 413, 415, 422, 429, 503])
  update(
    @Tenant() tenant: TenantContext,
    @Id('ep') id: string,
    @Body({ schema: UpdateEndpoint }) body: UpdateEndpoint,
  ): Promise<EndpointResource> {
    return this.endpoints.update(tenant, id, body);
  }

  @Delete(':id')
  @Scopes('webhooks:write')
  @Named('deleteWebhookEndpoint', 'Delete an endpoint; what it was still owed stops')
  @Answers({ 204: null }, [401, 403, 404, 429, 503])
  remove(@Tenant() tenant: TenantContext, @Id('ep') id: string): Promise<void> {
    return this.endpoints.remove(tenant.tenantId, id);
  }

  @Post(':id/enable')
  @Scopes('webhooks:write')
  @Named('enableWebhookEndpoint', 'Send to an endpoint again; see replay for what it missed')
  @Answers({ 200: EndpointResource }, [401, 403, 404, 429, 503])
  enable(@Tenant() tenant: TenantContext, @Id('ep') id: string): Promise<EndpointResource> {
    return this.endpoints.enable(tenant.tenantId, id);
  }

  @Post(':id/disable')
  @Scopes('webhooks:write')
  @Named('disableWebhookEndpoint', 'Send no more to an endpoint; what it was owed stops')
  @Answers({ 200: EndpointResource }, [401, 403, 404, 429, 503])
  disable(@Tenant() tenant: TenantContext, @Id('ep') id: string): Promise<EndpointResource> {
    return this.endpoints.disable(tenant.tenantId, id);
  }

  @Post(':id/secret/rotate')
  @Scopes('webhooks:write')
  @Named('rotateWebhookSecret', 'New secret; the old one signs too for the overlap')
  @Answers({ 200: RotatedSecret }, [400, 401, 403, 404, 413, 415, 429, 503])
  rotate(
    @Tenant() tenant: TenantContext,
    @Id('ep') id: string,
    @Body({ schema: RotateSecret }) body: RotateSecret,
  ): Promise<RotatedSecret> {
    return this.endpoints.rotateSecret(tenant.tenantId, id, body);
  }

  @Post(':id/test')
  @Scopes('webhooks:write')
  @Named('testWebhookEndpoint', 'Send a webhook.test event')
  @Answers({ 202: DeliveryResource }, [401, 403, 404, 409, 429, 503])
  test(@Tenant() tenant: TenantContext, @Id('ep') id: string): Promise<DeliveryResource> {
    return this.deliveries.test(tenant.tenantId, id);
  }

  @Get(':id/deliveries')
  @Scopes('webhooks:read')
  @Named('listWebhookEndpointDeliveries', 'What an endpoint was sent, newest first')
  @Answers({ 200: DeliveryList }, [400, 401, 403, 404, 429, 503])
  listDeliveries(
    @Tenant() tenant: TenantContext,
    @Id('ep') id: string,
    @Query({ schema: ListEndpointDeliveries }) query: ListEndpointDeliveries,
  ): Promise<DeliveryList> {
    return this.deliveries.listOf(tenant.tenantId, id, query);
  }

  @Post(':id/replay')
  @Scopes('webhooks:write')
  @Named('replayWebhooks', 'Send again, or count first, what an endpoint did not get in a span of time')
  @Answers({ 202: Replayed }, [400, 401, 403, 404, 409, 413, 415, 429, 503])
  replay(
    @Tenant() tenant: TenantContext,
    @Id('ep') id: string,
    @Body({ schema: Replay }) body: Replay,
  ): Promise<Replayed> {
    return this.deliveries.replay(tenant.tenantId, id, body);
  }
}
