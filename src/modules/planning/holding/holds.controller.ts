import { Controller, Delete } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Id } from '../../../platform/http/parameters.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { HoldsService } from './holds.service.js';

@ApiTags('plans')
@Controller('v1/plans')
export class HoldsController {
  constructor(private readonly holds: HoldsService) {}

  @Delete(':id/hold')
  @Scopes('plans:write')
  @Named('releaseHold', 'Give back the packs of clearances that a plan holds; asking twice is fine')
  @Answers({ 204: null }, [400, 401, 403, 404, 409, 429, 503])
  release(@Tenant() { tenantId }: TenantContext, @Id('plan') id: string): Promise<void> {
    return this.holds.release(tenantId, id);
  }
}
