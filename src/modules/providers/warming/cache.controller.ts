import { Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, Named } from '../../../platform/http/answers.decorator.js';
import { Scopes } from '../../tenants/tenant.decorator.js';
import { WarmingCounts } from './warming-counts.js';
import { WarmingService } from './warming.service.js';

const QuoteCacheState = z
  .object({
    on: z.boolean().describe('whether this process asks ahead of need'),
    hits: z.int(),
    misses: z.int(),
    warmed: z.int(),
    warmedUsed: z.int().describe('of the warmed, those that somebody then asked for'),
    cartsKnown: z.int(),
  })
  .meta({ id: 'QuoteCacheState' });
const WarmingRound = z
  .object({ warmed: z.int(), left: z.int().describe('for want of calls, or because the provider is not well') })
  .meta({ id: 'WarmingRound' });

/** What this process knows of quotes that are kept, and of those it asks for ahead of need; counted since it started. */
@ApiTags('operators')
@Controller('admin/v1/cache')
@Scopes('admin')
export class CacheController {
  constructor(
    private readonly warming: WarmingService,
    private readonly counts: WarmingCounts,
  ) {}

  @Get()
  @Named('getQuoteCache', 'How often quotes that are kept were used, and those asked for ahead of need')
  @Answers({ 200: QuoteCacheState }, [401, 403, 429, 503])
  async read(): Promise<z.infer<typeof QuoteCacheState>> {
    return { on: this.warming.isOn, ...(await this.counts.read()) };
  }

  @Post()
  @Named('warmQuoteCache', 'Ask now for what is likely wanted soon, within the same limits')
  @Answers({ 200: WarmingRound }, [401, 403, 429, 503])
  warm(): Promise<z.infer<typeof WarmingRound>> {
    return this.warming.round();
  }
}
