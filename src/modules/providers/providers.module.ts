import { Module, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config.js';
import { avoidedBy } from '../../vocabulary/allergens.js';
import { holdingsOf } from '../../vocabulary/holdings.js';
import { CallBudgets } from './call-budgets.js';
import { Connections } from './connections.js';
import { OffersController } from './offers.controller.js';
import { OffersService } from './offers.service.js';
import { OutsideCalls } from './outside-calls.js';
import { ProbesService } from './probes.service.js';
import { ProviderHealth } from './provider-health.js';
import { ProvidersController } from './providers.controller.js';
import { QuoteCache } from './quote-cache.js';
import { QuotesService } from './quotes.service.js';

@Module({
  controllers: [ProvidersController, OffersController],
  providers: [
    CallBudgets,
    Connections,
    OutsideCalls,
    ProbesService,
    ProviderHealth,
    QuoteCache,
    QuotesService,
    OffersService,
  ],
  exports: [ProbesService, QuotesService],
})
export class ProvidersModule implements OnModuleInit {
  constructor(private readonly config: Config) {}

  /** The vocabulary is compiled before the first cart comes, not while one waits. */
  onModuleInit(): void {
    avoidedBy('');
    if (this.config.roles.has('quotes')) holdingsOf('');
  }
}
