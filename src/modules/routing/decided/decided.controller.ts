import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { HeaderNamed, Id } from '../../../platform/http/parameters.decorator.js';
import { idempotencyKeyOf } from '../../../platform/http/idempotency-key.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { Confirmation, ConfirmRoute } from '../confirming/confirmation.dto.js';
import { ConfirmationsService } from '../confirming/confirmations.service.js';
import { SignedRecord } from '../deciding/decision-record.js';
import { DecisionRecordsService } from './decision-records.service.js';
import { Rescore, Rescored } from './rescoring.dto.js';
import { WhatIfService } from './what-if.service.js';

const KEY = { name: 'Idempotency-Key', required: true, description: 'makes sending twice safe' };

/** What can be asked of a decision once it has been made. */
@ApiTags('routes')
@Controller('v1/routes')
export class DecidedController {
  constructor(
    private readonly whatIf: WhatIfService,
    private readonly records: DecisionRecordsService,
    private readonly confirmations: ConfirmationsService,
  ) {}

  @Get(':id/record')
  @Scopes('routes:read')
  @Named('getDecisionRecord', 'The decision with all it was made from, signed; npm run verify proves it')
  @Answers({ 200: SignedRecord }, [401, 403, 404, 409, 429, 503])
  record(@Tenant() tenant: TenantContext, @Id('req') id: string): Promise<SignedRecord> {
    return this.records.get(tenant.tenantId, id);
  }

  @Post(':id/rescore')
  @Scopes('routes:read')
  @Named('rescoreRoute', 'Decide again under other wishes, from the same answers; asks nobody and stores nothing')
  @Answers({ 200: Rescored }, [400, 401, 403, 404, 409, 413, 415, 422, 429, 503])
  rescore(
    @Tenant() tenant: TenantContext,
    @Id('req') id: string,
    @Body({ schema: Rescore }) body: Rescore,
  ): Promise<Rescored> {
    return this.whatIf.rescore(tenant.tenantId, id, body);
  }

  @Post(':id/confirm')
  @Scopes('routes:write')
  @Named('confirmRoute', 'Ask the winner again and hand the cart over: as a link, or as an order request on record')
  @Answers({ 200: Confirmation }, [400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503])
  async confirm(
    @Tenant() tenant: TenantContext,
    @Id('req') id: string,
    @Body({ schema: ConfirmRoute }) body: ConfirmRoute,
    @HeaderNamed(KEY) header: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Confirmation> {
    const key = idempotencyKeyOf(header, true)!;
    const { confirmation, replayed } = await this.confirmations.confirm(tenant.tenantId, id, body, key);
    if (replayed) reply.header('Idempotent-Replayed', 'true');
    return confirmation;
  }

  @Get(':id/confirmation')
  @Scopes('routes:read')
  @Named('getConfirmation', 'What was agreed when the route was confirmed')
  @Answers({ 200: Confirmation }, [401, 403, 404, 429, 503])
  confirmation(@Tenant() tenant: TenantContext, @Id('req') id: string): Promise<Confirmation> {
    return this.confirmations.get(tenant.tenantId, id);
  }
}
