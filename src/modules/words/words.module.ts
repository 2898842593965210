import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../../config.js';
import { workerOf } from '../../queues/job.processor.js';
import { AccuracyController } from './accuracy/accuracy.controller.js';
import { AccuracyService } from './accuracy/accuracy.service.js';
import { LiveShare } from './accuracy/live-share.service.js';
import { CartOperation } from './carts/cart.operation.js';
import { CartProcessor } from './carts/cart.processor.js';
import { CartsController } from './carts/carts.controller.js';
import { CartsRepository } from './carts/carts.repository.js';
import { CartsService } from './carts/carts.service.js';
import { FindingService } from './carts/finding.service.js';
import { LineReader } from './carts/line-reader.js';
import { CartMaking } from './carts/making.service.js';
import { SecondReader } from './carts/second-reader.service.js';
import { RoutingCarts } from './carts/routing-carts.service.js';
import { NlpDoorsController } from './doors/nlp-doors.controller.js';
import { NlpDoorsService } from './doors/nlp-doors.service.js';
import { readLine } from './reading/read-line.js';
import { WordsWarming } from './warming.service.js';

/** Words to a cart that asks instead of guessing. The API takes words and answers; the planner's workers read them. */
@Module({})
export class WordsModule {
  static forConfig(config: Config): DynamicModule {
    return {
      module: WordsModule,
      // Built once for the process: the floors above ask for its services without importing it again.
      global: true,
      controllers: config.roles.has('api') ? [AccuracyController, CartsController, NlpDoorsController] : [],
      providers: [
        AccuracyService,
        CartMaking,
        CartOperation,
        CartsRepository,
        CartsService,
        FindingService,
        { provide: LineReader, useValue: { read: readLine } satisfies LineReader },
        LiveShare,
        NlpDoorsService,
        RoutingCarts,
        SecondReader,
        WordsWarming,
        ...(config.roles.has('planner') ? [workerOf(config, 'carts', CartProcessor)] : []),
      ],
      exports: [CartsService, NlpDoorsService],
    };
  }
}
