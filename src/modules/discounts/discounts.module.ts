import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../../config.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { ClearancesRepository } from './clearances.repository.js';
import { DiscountsController } from './discounts.controller.js';
import { DiscountsService } from './discounts.service.js';
import { GeocodingService } from './geocoding.service.js';
import { KeptDiscountsService } from './kept-discounts.service.js';
import { RefreshingService } from './refreshing.service.js';
import { ClearanceWatchesController } from './watching/clearance-watches.controller.js';
import { ClearanceWatchesRepository } from './watching/clearance-watches.repository.js';
import { ClearanceWatchesService } from './watching/clearance-watches.service.js';
import { TellingService } from './watching/telling.service.js';

/** Food that is sold for less before it expires: what was seen of it, kept and told. */
@Module({})
export class DiscountsModule {
  static forConfig(config: Config): DynamicModule {
    return {
      module: DiscountsModule,
      // Built once for the process: plans ask for its service.
      global: true,
      imports: [ProvidersModule],
      controllers: config.roles.has('api') ? [DiscountsController, ClearanceWatchesController] : [],
      providers: [
        ClearancesRepository,
        ClearanceWatchesRepository,
        ClearanceWatchesService,
        GeocodingService,
        { provide: DiscountsService, useClass: KeptDiscountsService },
        ...(config.roles.has('quotes') ? [RefreshingService, TellingService] : []),
      ],
      exports: [DiscountsService, ClearanceWatchesService, GeocodingService],
    };
  }
}
