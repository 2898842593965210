import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Describes } from '../../../platform/http/answers.decorator.js';
import type { TenantContext } from '../../tenants/scopes.js';
import { Scopes, Tenant } from '../../tenants/tenant.decorator.js';
import { WordsAccuracy } from './accuracy.dto.js';
import { AccuracyService } from './accuracy.service.js';
import { LiveShare } from './live-share.service.js';

@ApiTags('carts')
@Controller('v1/words')
export class AccuracyController {
  constructor(
    private readonly accuracy: AccuracyService,
    private readonly live: LiveShare,
  ) {}

  @Get('accuracy')
  @Scopes('carts:read')
  @Describes('getWordsAccuracy', 'How often words are read rightly, set by set', { 200: WordsAccuracy })
  async read(@Tenant() { tenantId }: TenantContext): Promise<WordsAccuracy> {
    return { ...this.accuracy.read(), live: await this.live.shareOf(tenantId) };
  }
}
