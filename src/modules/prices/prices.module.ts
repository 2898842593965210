import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../../config.js';
import { PriceHistory, QuoteHonesty } from '../providers/provider.js';
import { ChecksRepository } from './checking/checks.repository.js';
import { ChecksService } from './checking/checks.service.js';
import { PricesController } from './checking/prices.controller.js';
import { ConfirmedListener } from './observing/confirmed.listener.js';
import { HonestyRepository } from './observing/honesty.repository.js';
import { HonestyService } from './observing/honesty.service.js';
import { KeptPricesService } from './observing/kept-prices.service.js';
import { ManualPricesService } from './observing/manual-prices.service.js';
import { MonthsService } from './observing/months.service.js';
import { ObservationsRepository } from './observing/observations.repository.js';
import { ObservingService } from './observing/observing.service.js';
import { QuotedPricesService } from './observing/quoted-prices.service.js';
import { QuotesListener } from './observing/quotes.listener.js';
import { PriceExports } from './observing/price-exports.js';
import { PricesService } from './prices.service.js';
import { WatchesController } from './watching/watches.controller.js';
import { WatchesRepository } from './watching/watches.repository.js';
import { WatchesService } from './watching/watches.service.js';
import { WatchingService } from './watching/watching.service.js';

/** What things cost, by what was seen. The API tells and judges; aggregators hear what shops quote. */
@Module({})
export class PricesModule {
  static forConfig(config: Config): DynamicModule {
    return {
      module: PricesModule,
      // Built once for the process: the floors above ask for its services without importing it again.
      global: true,
      controllers: config.roles.has('api') ? [PricesController, WatchesController] : [],
      providers: [
        ChecksRepository,
        ChecksService,
        ConfirmedListener,
        HonestyRepository,
        HonestyService,
        ManualPricesService,
        MonthsService,
        ObservationsRepository,
        ObservingService,
        PriceExports,
        QuotedPricesService,
        QuotesListener,
        { provide: PriceHistory, useExisting: ChecksService },
        { provide: QuoteHonesty, useExisting: HonestyService },
        { provide: PricesService, useClass: KeptPricesService },
        WatchesRepository,
        WatchesService,
        WatchingService,
      ],
      exports: [PriceHistory, QuoteHonesty, PricesService, WatchesService],
    };
  }
}
