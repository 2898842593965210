import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../../config.js';
import { workerOf } from '../../queues/job.processor.js';
import { DoorsRepository } from './doors/doors.repository.js';
import { DoorsService } from './doors/doors.service.js';
import { HealthDoorsController } from './doors/health-doors.controller.js';
import { PriceDoorsController, PRICING_DOORS } from './doors/pricing-doors.controller.js';
import { WalmartDoorsController } from './doors/walmart-doors.controller.js';
import { HistoryRepository } from './history/history.repository.js';
import { HistoryService } from './history/history.service.js';
import { OrdersController } from './history/orders.controller.js';
import { OrdersRepository } from './history/orders.repository.js';
import { OrdersService } from './history/orders.service.js';
import { KeepingController } from './history/keeping/keeping.controller.js';
import { KeepingRepository } from './history/keeping/keeping.repository.js';
import { KeepingService } from './history/keeping/keeping.service.js';
import { ProductsAlike } from './history/products/alike.js';
import { JoinsRepository } from './history/products/joins.repository.js';
import { JoinsService } from './history/products/joins.service.js';
import { ProductsController } from './history/products/products.controller.js';
import { ProductsRepository } from './history/products/products.repository.js';
import { ProductsService } from './history/products/products.service.js';
import { SpendingController } from './history/spending/spending.controller.js';
import { SpendingRepository } from './history/spending/spending.repository.js';
import { SpendingService } from './history/spending/spending.service.js';
import { ImportOperation } from './imports/import.operation.js';
import { ImportProcessor } from './imports/import.processor.js';
import { ImportingService } from './imports/importing.service.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsRepository } from './imports/imports.repository.js';
import { ImportsService } from './imports/imports.service.js';
import { Reader } from './imports/reader.service.js';
import { Uploads } from './imports/uploads.service.js';

const CONTROLLERS = [ImportsController, OrdersController, ProductsController, SpendingController, KeepingController];
/** Of the former grocery agent. */
const DOORS = [HealthDoorsController, WalmartDoorsController, PriceDoorsController, ...PRICING_DOORS];

/** A household's own orders. The API takes files and shows the history; the planner's workers read what was sent. */
@Module({})
export class OrdersModule {
  static forConfig(config: Config): DynamicModule {
    return {
      module: OrdersModule,
      // Built once for the process: the floors above ask for its services without importing it again.
      global: true,
      controllers: config.roles.has('api') ? [...CONTROLLERS, ...DOORS] : [],
      providers: [
        DoorsRepository,
        DoorsService,
        HistoryRepository,
        HistoryService,
        ImportOperation,
        ImportingService,
        ImportsRepository,
        ImportsService,
        JoinsRepository,
        JoinsService,
        { provide: ProductsAlike, useExisting: JoinsService },
        KeepingRepository,
        KeepingService,
        OrdersRepository,
        OrdersService,
        ProductsRepository,
        ProductsService,
        Reader,
        SpendingRepository,
        SpendingService,
        Uploads,
        ...(config.roles.has('planner') ? [workerOf(config, 'imports', ImportProcessor)] : []),
      ],
      exports: [DoorsService, OrdersService, ProductsService],
    };
  }
}
