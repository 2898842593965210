import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { TenantContext } from '../tenants/scopes.js';
import { Scopes, Tenant } from '../tenants/tenant.decorator.js';
import { Rescore, Rescored } from './rescoring.dto.js';
import { WhatIfService } from './what-if.service.js';

const ID = { name: 'id', example: 'req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9' };

/** What can be asked of a decision once it has been made. */
@ApiTags('routes')
@Controller('v1/routes')
export class DecidedController {
  constructor(private readonly whatIf: WhatIfService) {}

  @Post(':id/rescore')
  @HttpCode(200)
  @Scopes('routes:read')
  @ApiOperation({
    operationId: 'rescoreRoute',
    summary: 'Decide again under other wishes, from the same answers; asks nobody and stores nothing',
  })
  @ApiParam(ID)
  @Answers({ 200: Rescored }, [400, 401, 403, 404, 409, 413, 415, 429, 503])
  rescore(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Body({ schema: Rescore }) body: Rescore,
  ): Promise<Rescored> {
    return this.whatIf.rescore(tenant.tenantId, id, body);
  }
}
