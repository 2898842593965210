import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { OperatorsRead } from '../../tenants/tenant.decorator.js';
import { CredentialList } from './credentials.dto.js';
import { CredentialAges } from './credential-ages.service.js';

/** The credentials of providers: how old they are, when they end and whether the ones before are still in use. Never the values. */
@ApiTags('operators')
@Controller('admin/v1/credentials')
@OperatorsRead()
export class CredentialsController {
  constructor(private readonly ages: CredentialAges) {}

  @Get()
  @Named('listCredentials', 'Age, end and last use of each provider’s credentials, and of those before')
  @Answers({ 200: CredentialList }, [401, 403, 429, 503])
  list(): Promise<CredentialList> {
    return this.ages.list();
  }
}
