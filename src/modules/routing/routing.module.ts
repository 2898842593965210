import { Module, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../../config.js';
import { laneQueue } from '../../queues/connection.js';
import { workerOf } from '../../queues/job.processor.js';
import { parseLanes } from '../providers/lanes.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { AnnotatingService } from './asking/annotating.service.js';
import { AskingService } from './asking/asking.service.js';
import { CancelListener } from './asking/cancel.listener.js';
import { QuotesProcessor } from './asking/quotes.processor.js';
import { AggregateListener } from './collecting/aggregate.listener.js';
import { DecisionService } from './collecting/decision.service.js';
import { KnownRoutes } from './collecting/known-routes.js';
import { ConfirmationTokens } from './confirming/confirmation-tokens.js';
import { ConfirmationsRepository } from './confirming/confirmations.repository.js';
import { ConfirmationsService } from './confirming/confirmations.service.js';
import { DecidedController } from './decided/decided.controller.js';
import { DecisionRecordsService } from './decided/decision-records.service.js';
import { WhatIfService } from './decided/what-if.service.js';
import { ExperimentsController } from './experiments/experiments.controller.js';
import { ExperimentsRepository } from './experiments/experiments.repository.js';
import { ExperimentsService } from './experiments/experiments.service.js';
import { FindingController } from './finding/finding.controller.js';
import { FindingRepository } from './finding/finding.repository.js';
import { NewRoutes } from './new-routes.js';
import { NewRoutesService } from './new-routes.service.js';
import { OrderController } from './order.controller.js';
import { RouteOperation } from './route.operation.js';
import { RoutingController } from './routing.controller.js';
import { RoutingRepository } from './routing.repository.js';
import { RoutingService } from './routing.service.js';
import { ScorecardController } from './scorecard/scorecard.controller.js';
import { ScorecardsRepository } from './scorecard/scorecards.repository.js';
import { ScorecardsService } from './scorecard/scorecards.service.js';
import { SplitsController } from './splits/splits.controller.js';
import { SplitsService } from './splits/splits.service.js';
import { TrackRecords } from './track-records.js';
import { TrackRecordsRepository } from './track-records.repository.js';

/** The choice. Each role brings only its own doorways. */
@Module({})
export class RoutingModule implements OnApplicationBootstrap {
  constructor(
    private readonly config: Config,
    private readonly trackRecords: TrackRecords,
    private readonly experiments: ExperimentsService,
  ) {}

  static forConfig(config: Config): DynamicModule {
    const concurrency = config.values.LOOPGPT_QUOTES_CONCURRENCY;
    const lanes = [...parseLanes(config.values.LOOPGPT_LANES).keys()];
    const workers = config.roles.has('quotes')
      ? lanes.map((lane) => workerOf(config, 'quotes', QuotesProcessor, { queueName: laneQueue(lane), concurrency }))
      : [];
    return {
      module: RoutingModule,
      // Built once for the process: the floors above ask for its services without importing it again.
      global: true,
      imports: [ProvidersModule],
      controllers: config.roles.has('api')
        ? [
            RoutingController,
            DecidedController,
            ExperimentsController,
            FindingController,
            OrderController,
            ScorecardController,
            SplitsController,
          ]
        : [],
      providers: [
        AggregateListener,
        AnnotatingService,
        AskingService,
        CancelListener,
        DecisionService,
        KnownRoutes,
        ConfirmationTokens,
        ConfirmationsRepository,
        ConfirmationsService,
        DecisionRecordsService,
        ExperimentsRepository,
        ExperimentsService,
        TrackRecords,
        TrackRecordsRepository,
        { provide: NewRoutes, useClass: NewRoutesService },
        RouteOperation,
        RoutingRepository,
        RoutingService,
        ...(config.roles.has('api') ? [FindingRepository, ScorecardsRepository, ScorecardsService] : []),
        SplitsService,
        WhatIfService,
        ...workers,
      ],
      exports: [RoutingService, RoutingRepository, WhatIfService],
    };
  }

  onApplicationBootstrap(): void {
    if (this.config.roles.has('api')) this.trackRecords.start();
    if (this.config.roles.has('aggregator')) this.experiments.start();
  }
}
