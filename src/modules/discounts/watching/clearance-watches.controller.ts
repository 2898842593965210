import { Body, Controller, Delete, Get, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { idempotencyKeyOf } from '../../../platform/http/idempotency-key.js';
import { HeaderNamed, Id } from '../../../platform/http/parameters.decorator.js';
import { IDEMPOTENCY_KEY, answerMade } from '../../../platform/http/submitted.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import {
  ClearanceWatch,
  ClearanceWatchList,
  CreateClearanceWatch,
  ListClearanceWatches,
} from './clearance-watches.dto.js';
import { ClearanceWatchesService } from './clearance-watches.service.js';

@ApiTags('offers')
@Controller('v1/clearance-watches')
export class ClearanceWatchesController {
  constructor(private readonly watches: ClearanceWatchesService) {}

  @Post()
  @Scopes('routes:write')
  @Describes('createClearanceWatch', 'Be told what shops in an area clear', { 201: ClearanceWatch }, [409, 422])
  async create(
    @Tenant() { tenantId }: TenantContext,
    @Body({ schema: CreateClearanceWatch }) body: CreateClearanceWatch,
    @HeaderNamed(IDEMPOTENCY_KEY) key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ClearanceWatch> {
    const made = await this.watches.create(tenantId, body, idempotencyKeyOf(key, false));
    return answerMade(reply, { ...made, root: '/v1/clearance-watches' });
  }

  @Get()
  @Scopes('routes:read')
  @Describes('listClearanceWatches', 'List watches of clearances, newest first', { 200: ClearanceWatchList })
  list(
    @Tenant() { tenantId }: TenantContext,
    @Query({ schema: ListClearanceWatches }) query: ListClearanceWatches,
  ): Promise<ClearanceWatchList> {
    return this.watches.list(tenantId, query);
  }

  @Get(':id')
  @Scopes('routes:read')
  @Describes('getClearanceWatch', 'Read a watch of clearances', { 200: ClearanceWatch }, [404])
  get(@Tenant() { tenantId }: TenantContext, @Id('clw') id: string): Promise<ClearanceWatch> {
    return this.watches.get(tenantId, id);
  }

  @Delete(':id')
  @Scopes('routes:write')
  @Describes('deleteClearanceWatch', 'Be told no more of an area', { 204: null }, [404])
  delete(@Tenant() { tenantId }: TenantContext, @Id('clw') id: string): Promise<void> {
    return this.watches.delete(tenantId, id);
  }
}
