import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Answers } from '../../platform/http/answers.decorator.js';
import type { TenantContext } from '../tenants/scopes.js';
import { Scopes, Tenant } from '../tenants/tenant.decorator.js';
import { SignedRecord } from './decision-record.js';
import { DecisionRecordsService } from './decision-records.service.js';
import { Rescore, Rescored } from './rescoring.dto.js';
import { WhatIfService } from './what-if.service.js';

const ID = { name: 'id', example: 'req_01JD3YQ8Q6Z0M3V4X5Y6Z7A8B9' };

/** What can be asked of a decision once it has been made. */
@ApiTags('routes')
@Controller('v1/routes')
export class DecidedController {
  constructor(
    private readonly whatIf: WhatIfService,
    private readonly records: DecisionRecordsService,
  ) {}

  @Get(':id/record')
  @Scopes('routes:read')
  @ApiOperation({
    operationId: 'getDecisionRecord',
    summary: 'The decision with all it was made from, signed; npm run verify proves it',
  })
  @ApiParam(ID)
  @Answers({ 200: SignedRecord }, [401, 403, 404, 409, 429, 503])
  record(@Tenant() tenant: TenantContext, @Param('id') id: string): Promise<SignedRecord> {
    return this.records.get(tenant.tenantId, id);
  }

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
