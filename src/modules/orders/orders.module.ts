import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../../config.js';
import { workerOf } from '../../queues/job.processor.js';
import { HistoryRepository } from './history/history.repository.js';
import { HistoryService } from './history/history.service.js';
import { OrdersController } from './history/orders.controller.js';
import { OrdersRepository } from './history/orders.repository.js';
import { OrdersService } from './history/orders.service.js';
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

/** A household's own orders. The API takes files and shows the history; the planner's workers read what was sent. */
@Module({})
export class OrdersModule {
  static forConfig(config: Config): DynamicModule {
    return {
      module: OrdersModule,
      controllers: config.roles.has('api')
        ? [ImportsController, OrdersController, ProductsController, SpendingController]
        : [],
      providers: [
        HistoryRepository,
        HistoryService,
        ImportOperation,
        ImportingService,
        ImportsRepository,
        ImportsService,
        JoinsRepository,
        JoinsService,
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
    };
  }
}
