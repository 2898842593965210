import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { TenantContext } from '../tenants/scopes.js';
import { Scopes, Tenant } from '../tenants/tenant.decorator.js';
import { Timeline } from './timeline.dto.js';
import { TimelineService } from './timeline.service.js';

/** One request's whole life from stored facts: HTTP, queue, providers, decision, bus, webhook. */
@ApiTags('routes')
@Controller('v1/routes')
export class TimelineController {
  constructor(private readonly timeline: TimelineService) {}

  @Get(':id/timeline')
  @Scopes('routes:read')
  @ApiOperation({ operationId: 'getRouteTimeline', summary: 'Every step of a route with its time' })
  @ApiParam({ name: 'id', example: 'req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9' })
  @Answers({ 200: Timeline }, [401, 403, 404, 429, 503])
  get(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<Timeline> {
    return this.timeline.of(tenant.tenantId, id);
  }
}
