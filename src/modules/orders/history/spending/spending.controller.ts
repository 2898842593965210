import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NeedsScope } from '../../../../platform/http/access.js';
import { Describes } from '../../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../../../tenants/scopes.js';
import { Tenant } from '../../../tenants/tenant.decorator.js';
import { AskSpending, Spending } from './spending.dto.js';
import { SpendingService } from './spending.service.js';

@ApiTags('history')
@Controller('v1/spending')
export class SpendingController {
  constructor(private readonly spending: SpendingService) {}

  @Get()
  @NeedsScope('imports:read')
  @Describes('getSpending', 'What was charged, by month, store or group of foods', { 200: Spending })
  get(@Tenant() { tenantId }: TenantContext, @Query({ schema: AskSpending }) query: AskSpending): Promise<Spending> {
    return this.spending.get(tenantId, query);
  }
}
