import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Answers } from '../../../platform/http/answers.decorator.js';
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

const ID = { name: 'id', example: 'ep_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9' };

@ApiTags('webhooks')
@Controller('v1/webhook-endpoints')
export class EndpointsController {
  constructor(
    private readonly endpoints: EndpointsService,
    private readonly deliveries: DeliveriesService,
  ) {}

  @Post()
  @Scopes('webhooks:write')
  @ApiOperation({ operationId: 'createWebhookEndpoint', summary: 'Add an endpoint; its secret is shown this once' })
  @Answers({ 201: CreatedEndpoint }, [400, 401, 403, 409, 413, 415, 422, 429, 503])
  create(
    @Tenant() tenant: TenantContext,
    @Body({ schema: CreateEndpoint }) body: CreateEndpoint,
  ): Promise<CreatedEndpoint> {
    return this.endpoints.create(tenant, body);
  }

  @Get()
  @Scopes('webhooks:read')
  @ApiOperation({ operationId: 'listWebhookEndpoints', summary: 'List endpoints, newest first' })
  @Answers({ 200: EndpointList }, [400, 401, 403, 429, 503])
  list(@Tenant() tenant: TenantContext, @Query({ schema: ListEndpoints }) query: ListEndpoints): Promise<EndpointList> {
    return this.endpoints.list(tenant.tenantId, query);
  }

  @Get('default/secret')
  @Scopes('webhooks:write')
  @ApiOperation({
    operationId: 'getDefaultWebhookSecret',
    summary: 'The secret that signs webhooks named in a request without a secret of their own',
  })
  @Answers({ 200: SecretResource }, [401, 403, 429, 503])
  tenantSecret(@Tenant() tenant: TenantContext): Promise<SecretResource> {
    return this.endpoints.tenantSecret(tenant.tenantId);
  }

  @Get(':id')
  @Scopes('webhooks:read')
  @ApiOperation({ operationId: 'getWebhookEndpoint', summary: 'Read an endpoint' })
  @ApiParam(ID)
  @Answers({ 200: EndpointResource }, [401, 403, 404, 429, 503])
  get(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<EndpointResource> {
    return this.endpoints.get(tenant.tenantId, id);
  }

  @Patch(':id')
  @Scopes('webhooks:write')
  @ApiOperation({ operationId: 'updateWebhookEndpoint', summary: 'Change an endpoint, from its next attempt on' })
  @ApiParam(ID)
  @Answers({ 200: EndpointResource }, [400, 401, 403, 404, 413, 415, 422, 429, 503])
  update(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Body({ schema: UpdateEndpoint }) body: UpdateEndpoint,
  ): Promise<EndpointResource> {
    return this.endpoints.update(tenant, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Scopes('webhooks:write')
  @ApiOperation({ operationId: 'deleteWebhookEndpoint', summary: 'Delete an endpoint; what it was still owed stops' })
  @ApiParam(ID)
  @Answers({ 204: null }, [401, 403, 404, 429, 503])
  remove(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<void> {
    return this.endpoints.remove(tenant.tenantId, id);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Scopes('webhooks:write')
  @ApiOperation({
    operationId: 'enableWebhookEndpoint',
    summary: 'Send to an endpoint again; see replay for what it missed',
  })
  @ApiParam(ID)
  @Answers({ 200: EndpointResource }, [401, 403, 404, 429, 503])
  enable(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<EndpointResource> {
    return this.endpoints.enable(tenant.tenantId, id);
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Scopes('webhooks:write')
  @ApiOperation({
    operationId: 'disableWebhookEndpoint',
    summary: 'Send no more to an endpoint; what it was owed stops',
  })
  @ApiParam(ID)
  @Answers({ 200: EndpointResource }, [401, 403, 404, 429, 503])
  disable(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<EndpointResource> {
    return this.endpoints.disable(tenant.tenantId, id);
  }

  @Post(':id/secret/rotate')
  @HttpCode(200)
  @Scopes('webhooks:write')
  @ApiOperation({ operationId: 'rotateWebhookSecret', summary: 'New secret; the old one signs too for the overlap' })
  @ApiParam(ID)
  @Answers({ 200: RotatedSecret }, [400, 401, 403, 404, 413, 415, 429, 503])
  rotate(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Body({ schema: RotateSecret }) body: RotateSecret,
  ): Promise<RotatedSecret> {
    return this.endpoints.rotateSecret(tenant.tenantId, id, body);
  }

  @Post(':id/test')
  @HttpCode(202)
  @Scopes('webhooks:write')
  @ApiOperation({ operationId: 'testWebhookEndpoint', summary: 'Send a webhook.test event' })
  @ApiParam(ID)
  @Answers({ 202: DeliveryResource }, [401, 403, 404, 409, 429, 503])
  test(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<DeliveryResource> {
    return this.deliveries.test(tenant.tenantId, id);
  }

  @Get(':id/deliveries')
  @Scopes('webhooks:read')
  @ApiOperation({ operationId: 'listWebhookEndpointDeliveries', summary: 'What an endpoint was sent, newest first' })
  @ApiParam(ID)
  @Answers({ 200: DeliveryList }, [400, 401, 403, 404, 429, 503])
  listDeliveries(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Query({ schema: ListEndpointDeliveries }) query: ListEndpointDeliveries,
  ): Promise<DeliveryList> {
    return this.deliveries.listOf(tenant.tenantId, id, query);
  }

  @Post(':id/replay')
  @HttpCode(202)
  @Scopes('webhooks:write')
  @ApiOperation({
    operationId: 'replayWebhooks',
    summary: 'Send again, or count first, what an endpoint did not get in a span of time',
  })
  @ApiParam(ID)
  @Answers({ 202: Replayed }, [400, 401, 403, 404, 409, 413, 415, 429, 503])
  replay(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Body({ schema: Replay }) body: Replay,
  ): Promise<Replayed> {
    return this.deliveries.replay(tenant.tenantId, id, body);
  }
}
