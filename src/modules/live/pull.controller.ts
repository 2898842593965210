import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { readScopes } from '../../operations/catalogue.js';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { TenantContext } from '../tenants/scopes.js';
import { Scopes, Tenant } from '../tenants/tenant.decorator.js';
import { EventList, PullEvents } from './live.dto.js';
import { PullService } from './pull.service.js';

@ApiTags('live')
@Controller('v1/events')
export class PullController {
  constructor(private readonly events: PullService) {}

  @Get()
  @Scopes(...readScopes())
  @Header('Content-Type', 'application/json; charset=utf-8')
  @ApiOperation({
    operationId: 'listEvents',
    summary: 'Read your events in order, page by page; nothing is ever passed over',
  })
  @Answers({ 200: EventList }, [400, 401, 403, 404, 429, 503])
  list(@Tenant() tenant: TenantContext, @Query({ schema: PullEvents }) query: PullEvents): Promise<string> {
    return this.events.page(tenant, query);
  }
}
