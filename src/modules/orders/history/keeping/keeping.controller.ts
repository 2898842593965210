import { Readable } from 'node:stream';
import { Controller, Delete, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NeedsScope } from '../../../../platform/http/access.js';
import { Describes } from '../../../../platform/http/answers.decorator.js';
import { AlsoAs, preferredType } from '../../../../platform/http/representations.js';
import type { TenantContext } from '../../../tenants/scopes.js';
import { Tenant } from '../../../tenants/tenant.decorator.js';
import { ErasedHistory, EraseHistory, EXPORT_TYPES } from './keeping.dto.js';
import { KeepingService } from './keeping.service.js';

const Line = z.looseObject({ sort: z.string() }).meta({ id: 'HistoryLine' });

@ApiTags('history')
@Controller('v1/history')
export class KeepingController {
  constructor(private readonly keeping: KeepingService) {}

  @Get('export')
  @NeedsScope('imports:read')
  @AlsoAs(...EXPORT_TYPES)
  @Describes('exportHistory', 'All that is kept of the history, as lines of JSON, or as CSV', { 200: Line })
  export(@Tenant() { tenantId }: TenantContext, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const type =
      preferredType(request.headers.accept, EXPORT_TYPES) === 'text/csv' ? 'text/csv' : 'application/x-ndjson';
    const stream = Readable.from(this.keeping.export(tenantId, type));
    reply.raw.once('close', () => stream.destroy());
    reply.header('Vary', 'Accept');
    reply.header('Content-Disposition', `attachment; filename="history.${type === 'text/csv' ? 'csv' : 'ndjson'}"`);
    reply.type(`${type}; charset=utf-8`).send(stream);
  }

  @Delete()
  @NeedsScope('imports:write')
  @Describes('eraseHistory', 'Erase the whole history; asks for its count first', { 200: ErasedHistory }, [409])
  erase(
    @Tenant() { tenantId }: TenantContext,
    @Query({ schema: EraseHistory }) { confirm }: EraseHistory,
  ): Promise<ErasedHistory> {
    return this.keeping.erase(tenantId, confirm);
  }
}
