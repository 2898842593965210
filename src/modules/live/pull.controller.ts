import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { readScopes } from '../../operations/catalogue.js';
import { Answers, Named } from '../../platform/http/answers.decorator.js';
import type { TenantContext } from '../tenants/scopes.js';
import { Scopes, Tenant } from '../tenants/tenant.decorator.js';
import { EventList, PullEvents } from './live.dto.js';
import { PullService } from './pull.service.js';

@ApiTags('live')
@Controller('v1/events')
@Scopes(...readScopes())
export class PullController {
  constructor(private readonly events: PullService) {}

  @Get()
  @Header('Content-Type', 'application/json; charset=utf-8')
  @Named('listEvents', 'Read your events in order, page by page; nothing is ever passed over')
  @Answers({ 200: EventList }, [400, 401, 403, 404, 429, 503])
  list(@Tenant() tenant: TenantContext, @Query({ schema: PullEvents }) query: PullEvents): Promise<string> {
    return this.events.page(tenant, query);
  }
}
