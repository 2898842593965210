import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, Named } from '../../platform/http/answers.decorator.js';
import { Scopes } from '../tenants/tenant.decorator.js';
import { SOURCE_IDS } from './cards.js';
import { Honesty, QuoteHonesty } from './provider.js';
import { QuotesService } from './quotes.service.js';

const ProviderCard = z
  .object({
    id: z.enum(SOURCE_IDS),
    name: z.string(),
    kind: z.enum(['direct', 'aggregator', 'offers']),
    priority: z.number(),
    capabilities: z.record(z.string(), z.boolean()),
    commissionBps: z.number().nullable(),
    state: z.enum(['connected', 'disabled', 'not_configured']),
    simulated: z.boolean(),
    timeoutMs: z.number().nullable(),
    breaker: z.enum(['closed', 'open', 'half_open']),
    inFlight: z.int(),
    concurrencyLimit: z.int(),
    healthy: z.boolean(),
    budget: z
      .object({
        perDay: z.int().nullable(),
        perSecond: z.int().nullable(),
        usedToday: z.int(),
        remainingToday: z.int().nullable(),
        resetsAt: z.iso.datetime(),
      })
      .nullable(),
    honesty: Honesty.nullable().describe('of the last 90 days; null where nobody confirmed a route'),
  })
  .meta({ id: 'ProviderCard' });
const ProviderList = z.object({ data: z.array(ProviderCard) }).meta({ id: 'ProviderList' });

@ApiTags('providers')
@Controller('v1/providers')
export class ProvidersController {
  constructor(
    private readonly quotes: QuotesService,
    private readonly honesty: QuoteHonesty,
  ) {}

  @Get()
  @Scopes('routes:read')
  @Named('listProviders', 'What each provider can do, and how it is doing')
  @Answers({ 200: ProviderList }, [401, 403, 429])
  async list(): Promise<z.infer<typeof ProviderList>> {
    const [cards, honesty] = await Promise.all([this.quotes.cards(), this.honesty.lately()]);
    const data = cards.map((one) => {
      const { lastHeard: _, ...card } = one;
      return { ...card, honesty: honesty.get(card.id) ?? null };
    });
    return { data: data as unknown as z.infer<typeof ProviderCard>[] };
  }
}
