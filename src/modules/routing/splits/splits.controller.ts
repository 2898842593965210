import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { CreateSplit, MadeSplit } from './splits.dto.js';
import { SplitsService } from './splits.service.js';

@ApiTags('routes')
@Controller('v1/splits')
export class SplitsController {
  constructor(private readonly splits: SplitsService) {}

  @Post()
  @Scopes('routes:read')
  @Named('splitRoute', 'Split a routed cart over stores, proven, from the same answers; asks nobody and stores nothing')
  @Answers({ 200: MadeSplit }, [400, 401, 403, 404, 409, 413, 415, 422, 429, 503])
  make(@Tenant() tenant: TenantContext, @Body({ schema: CreateSplit }) body: CreateSplit): Promise<MadeSplit> {
    return this.splits.make(tenant.tenantId, body);
  }
}
