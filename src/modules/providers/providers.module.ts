import { Module, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../config.js';
import { avoidedBy } from '../../vocabulary/allergens.js';
import { OFFER_SOURCES, PROVIDERS } from './adapters.js';
import { CallBudgets } from './calling/call-budgets.js';
import { Connections } from './calling/connections.js';
import { CredentialsService } from './calling/credentials.service.js';
import { OutsideCalls } from './calling/outside-calls.js';
import { ProbesService } from './calling/probes.service.js';
import { ProviderHealth } from './calling/provider-health.js';
import { Rotation } from './calling/rotation.js';
import { chooseProduct } from './matching/choose-product.js';
import { ObjectionsService } from './objections.service.js';
import { OffersService } from './offers.service.js';
import { ProvidersController } from './providers.controller.js';
import { ProviderGauges } from './provider-gauges.js';
import { QuoteCache } from './quote-cache.js';
import { QuotesService } from './quotes.service.js';
import { QuotingService } from './quoting.service.js';
import { Sources } from './sources.js';
import { AskedCarts } from './warming/asked-carts.js';
import { CacheController } from './warming/cache.controller.js';
import { WarmerDoorsController } from './warming/warmer-doors.controller.js';
import { WarmerDoorsService } from './warming/warmer-doors.service.js';
import { WarmingCounts } from './warming/warming-counts.js';
import { WarmingService } from './warming/warming.service.js';

/** Reading these compiles every table of words. */
const ANY_LINE = {
  id: 'any',
  name: 'zibbly white bread',
  quantity: 1,
  unit: 'loaf',
  allergens: ['milk'],
  diets: ['vegan'],
};
const ANY_GOODS = {
  productId: 'any',
  name: 'White Bread',
  brand: null,
  size: '20 oz',
  categories: ['Bakery'],
  priceCents: 100,
  soldByWeight: false,
  inStock: true,
};

@Module({
  controllers: [ProvidersController, CacheController, WarmerDoorsController],
  providers: [
    AskedCarts,
    CallBudgets,
    Connections,
    CredentialsService,
    OutsideCalls,
    ProbesService,
    { provide: ObjectionsService, useExisting: ProbesService },
    ProviderGauges,
    ProviderHealth,
    QuoteCache,
    Rotation,
    WarmerDoorsService,
    WarmingCounts,
    WarmingService,
    { provide: QuotesService, useClass: QuotingService },
    OffersService,
    { provide: Sources, useValue: { providers: PROVIDERS, offers: OFFER_SOURCES } satisfies Sources },
  ],
  exports: [CredentialsService, ObjectionsService, OffersService, QuotesService],
})
export class ProvidersModule implements OnModuleInit {
  constructor(private readonly config: Config) {}

  /** The vocabulary is compiled before the first cart comes, not while one waits. */
  onModuleInit(): void {
    avoidedBy('');
    if (this.config.roles.has('quotes')) chooseProduct(ANY_LINE, [ANY_GOODS]);
  }
}
