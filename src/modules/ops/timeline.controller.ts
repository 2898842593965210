import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Named } from '../../platform/http/answers.decorator.js';
import { Id } from '../../platform/http/parameters.decorator.js';
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
  @Named('getRouteTimeline', 'Every step of a route with its time')
  @Answers({ 200: Timeline }, [401, 403, 404, 429, 503])
  get(@Tenant() tenant: TenantContext, @Id('req') id: string): Promise<Timeline> {
    return this.timeline.of(tenant.tenantId, id);
  }
}
