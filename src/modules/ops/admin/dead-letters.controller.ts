import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Id } from '../../../platform/http/parameters.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { OperatorsRead, Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { DeadLetter, DeadLetterList, ListDeadLetters, Redrive, Redriven } from './dead-letters.dto.js';
import { DeadLettersService } from './dead-letters.service.js';

/** Records that could not be handled, kept until someone puts them back. */
@ApiTags('operators')
@Controller('admin/v1/dead-letters')
@Scopes('admin')
export class DeadLettersController {
  constructor(private readonly letters: DeadLettersService) {}

  @Get()
  @OperatorsRead()
  @Named('listDeadLetters', 'What could not be handled, newest first')
  @Answers({ 200: DeadLetterList }, [400, 401, 403, 429, 503])
  list(@Query({ schema: ListDeadLetters }) query: ListDeadLetters): Promise<DeadLetterList> {
    return this.letters.list(query);
  }

  @Get(':id')
  @OperatorsRead()
  @Named('getDeadLetter', 'One of them with the record itself')
  @Answers({ 200: DeadLetter }, [401, 403, 404, 429, 503])
  get(@Id('dlq') id: string): Promise<DeadLetter> {
    return this.letters.get(id);
  }

  @Post('redrive')
  @Named('redriveDeadLetters', 'Put them back on their topics, each once; or count first')
  @Answers({ 200: Redriven }, [400, 401, 403, 413, 415, 429, 503])
  redrive(@Tenant() tenant: TenantContext, @Body({ schema: Redrive }) body: Redrive): Promise<Redriven> {
    return this.letters.redrive(tenant.keyId, body);
  }
}
