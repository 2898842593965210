import { Body, Controller, Get, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AppError } from '../../../common/errors.js';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { HeaderNamed, Id } from '../../../platform/http/parameters.decorator.js';
import { WhatIfService } from '../../routing/decided/what-if.service.js';
import { SwitchesService } from '../../switches/switches.service.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { OperatorsRead, Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { SettingsService } from './settings.service.js';
import { ActList, ChangeSwitches, ListActs, Switches, SwitchesPreview, UndoAct } from './switches.dto.js';

const MATCH = { name: 'If-Match', required: true, description: 'the ETag of the settings that were read' };
const REFUSALS = [400, 401, 403, 412, 413, 415, 422, 428, 429, 503];

/** What operators change without a redeploy. Every act is on record, and can be taken back. */
@ApiTags('operators')
@Controller('admin/v1')
@Scopes('admin')
export class SwitchesController {
  constructor(
    private readonly settings: SettingsService,
    private readonly switches: SwitchesService,
    private readonly whatIf: WhatIfService,
  ) {}

  @Get('settings')
  @OperatorsRead()
  @Named('getSettings', 'What is set over the environment, and what is in force')
  @Answers({ 200: Switches }, [401, 403, 429, 503])
  async get(@Res({ passthrough: true }) reply: FastifyReply): Promise<Switches> {
    return withEtag(reply, await this.settings.get());
  }

  @Patch('settings')
  @Named('changeSettings', 'Set or take back switches; in force everywhere within 5 s')
  @Answers({ 200: Switches }, REFUSALS)
  async change(
    @Tenant() tenant: TenantContext,
    @HeaderNamed(MATCH) match: string | undefined,
    @Body({ schema: ChangeSwitches }) body: ChangeSwitches,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Switches> {
    return withEtag(reply, await this.settings.change(tenant.keyId, body, versionOf(match)));
  }

  @Post('settings/preview')
  @OperatorsRead()
  @Named('previewSettings', 'Which of the last 100 decisions a change would alter')
  @Answers({ 200: SwitchesPreview }, [400, 401, 403, 413, 415, 422, 429, 503])
  async preview(@Body({ schema: ChangeSwitches }) { changes }: ChangeSwitches): Promise<SwitchesPreview> {
    return this.whatIf.wouldChange(await this.switches.preview(changes));
  }

  @Get('acts')
  @OperatorsRead()
  @Named('listActs', 'Who changed what, when and why, newest first')
  @Answers({ 200: ActList }, [400, 401, 403, 429, 503])
  async acts(@Query({ schema: ListActs }) { limit, before }: ListActs): Promise<ActList> {
    const data = await this.switches.acts(limit, before ?? null);
    return { data, nextBefore: data.length === limit ? data.at(-1)!.version : null };
  }

  @Post('acts/:id/undo')
  @Named('undoAct', 'Take back what one act changed')
  @Answers({ 200: Switches }, [...REFUSALS, 404])
  async undo(
    @Tenant() tenant: TenantContext,
    @Id('act') id: string,
    @HeaderNamed(MATCH) match: string | undefined,
    @Body({ schema: UndoAct }) body: UndoAct,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Switches> {
    return withEtag(reply, await this.settings.undo(tenant.keyId, id, body, versionOf(match)));
  }
}

function withEtag(reply: FastifyReply, switches: Switches): Switches {
  reply.header('ETag', `"${switches.version}"`);
  return switches;
}

/** Throws `version_missing` without an ETag; one that is not ours can never match. */
function versionOf(match: string | undefined): number {
  if (match === undefined) throw new AppError('version_missing', 'no If-Match');
  return Number(/^"(\d{1,9})"$/.exec(match.trim())?.[1] ?? -1);
}
