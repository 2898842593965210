import { Body, Controller, Get, Header, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Describes } from '../../../platform/http/answers.decorator.js';
import { Id } from '../../../platform/http/parameters.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { OperatorsRead, Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { CreateKey, KeyList, ListKeys, MadeKey, RevokeKey } from './api-keys.dto.js';
import { ApiKeysService } from './api-keys.service.js';

/** API keys of every tenant. What is made or revoked is an act on record. */
@ApiTags('operators')
@Controller('admin/v1/api-keys')
@Scopes('admin')
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @Get()
  @OperatorsRead()
  @Describes('listApiKeys', 'Whose keys there are and what each may do, newest first', { 200: KeyList })
  list(@Query({ schema: ListKeys }) query: ListKeys): Promise<KeyList> {
    return this.keys.list(query);
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @Describes('createApiKey', 'Make a key; it is shown once', { 201: MadeKey }, [404, 413, 415])
  create(@Tenant() tenant: TenantContext, @Body({ schema: CreateKey }) body: CreateKey): Promise<MadeKey> {
    return this.keys.create(tenant.keyId, body);
  }

  @Post(':id/revoke')
  @Describes('revokeApiKey', 'Have a key stop working everywhere within 3 s', { 204: null }, [404, 413, 415])
  revoke(
    @Tenant() tenant: TenantContext,
    @Id('key') id: string,
    @Body({ schema: RevokeKey }) { why }: RevokeKey,
  ): Promise<void> {
    return this.keys.revoke(tenant.keyId, id, why);
  }
}
