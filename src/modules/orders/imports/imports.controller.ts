import { Body, Controller, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../../config.js';
import { Cancels, Creates, Lists, Reads } from '../../../operations/doors.js';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { TakesBytes } from '../../../platform/http/body.js';
import { idempotencyKeyOf } from '../../../platform/http/idempotency-key.js';
import { Id } from '../../../platform/http/parameters.decorator.js';
import { answerAccepted, answerCurrent } from '../../../platform/http/submitted.js';
import { LongPolls } from '../../tenants/long-polls.service.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { AnswerImport, AskImport, ImportForm, ImportList, ImportResource, ListImports } from './imports.dto.js';
import { ImportsService } from './imports.service.js';

const ABOUT = 'Import orders from a file: the body itself, of any type, or a form with one file or several';

@ApiTags('history')
@Controller('v1/imports')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly config: Config,
    private readonly polls: LongPolls,
  ) {}

  @Creates('import', ABOUT, { 200: ImportResource, 202: ImportResource })
  @TakesBytes(ImportForm)
  async create(
    @Tenant() tenant: TenantContext,
    @Query({ schema: AskImport }) asked: AskImport,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportResource> {
    const key = idempotencyKeyOf(request.headers['idempotency-key'], this.config.requireIdempotencyKey);
    const { id, replayed } = await this.imports.request(tenant, request, asked, key);
    const resource = await this.read(tenant, id, request, reply);
    return answerAccepted(reply, { resource, replayed, root: '/v1/imports' });
  }

  @Lists('import', ImportList)
  list(@Tenant() { tenantId }: TenantContext, @Query({ schema: ListImports }) query: ListImports): Promise<ImportList> {
    return this.imports.list(tenantId, query);
  }

  @Reads('import', ImportResource, 'Read an import; with Prefer: wait=n, once it is closed')
  async get(
    @Tenant() tenant: TenantContext,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportResource | undefined> {
    return answerCurrent(request, reply, await this.read(tenant, id, request, reply));
  }

  @Cancels('import', ImportResource)
  cancel(@Tenant() { tenantId }: TenantContext, @Param('id') id: string): Promise<ImportResource> {
    return this.imports.cancel(tenantId, id);
  }

  @Post(':id/answers')
  @HttpCode(200)
  @Scopes('imports:write')
  @Describes('answerImport', 'Say which of two accounts holds', { 200: ImportResource }, [404, 409, 413, 415, 422])
  answer(
    @Tenant() { tenantId }: TenantContext,
    @Id('imp') id: string,
    @Body({ schema: AnswerImport }) body: AnswerImport,
  ): Promise<ImportResource> {
    return this.imports.answer(tenantId, id, body);
  }

  @Post(':id/undo')
  @Scopes('imports:write')
  @Describes('undoImport', 'Take out of the history what only this import brought', { 200: ImportResource }, [404, 409])
  undo(@Tenant() { tenantId }: TenantContext, @Id('imp') id: string): Promise<ImportResource> {
    return this.imports.undo(tenantId, id);
  }

  private read(
    tenant: TenantContext,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<ImportResource> {
    const { tenantId } = tenant;
    return this.polls.read(tenant, request, reply, {
      now: () => this.imports.get(tenantId, id),
      within: (seconds, gone) => this.imports.wait(tenantId, id, seconds, gone),
    });
  }
}
