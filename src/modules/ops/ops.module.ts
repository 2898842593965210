import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../../config.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { AsyncApiController } from './asyncapi.controller.js';
import { DeadLettersController } from './dead-letters.controller.js';
import { DeadLettersService } from './dead-letters.service.js';
import { HealthController } from './health.controller.js';
import { HomeController } from './home.controller.js';
import { KeysController } from './keys.controller.js';
import { MetricsController } from './metrics.controller.js';
import { ProblemsController } from './problems.controller.js';
import { RetentionRepository } from './retention.repository.js';
import { RetentionSweeper } from './retention.sweeper.js';
import { SettingsService } from './settings.service.js';
import { SwitchesController } from './switches.controller.js';
import { TimelineController } from './timeline.controller.js';
import { TimelineService } from './timeline.service.js';
import { WriteProbe } from './write-probe.js';

/** Telling operators. Health and metrics are served by every role; the timeline only beside the API. Aggregators forget what is old. */
@Module({})
export class OpsModule {
  static forConfig(config: Config): DynamicModule {
    const api = config.roles.has('api');
    return {
      module: OpsModule,
      imports: [ProvidersModule],
      controllers: [
        HealthController,
        MetricsController,
        ...(api
          ? [
              AsyncApiController,
              DeadLettersController,
              HomeController,
              KeysController,
              ProblemsController,
              SwitchesController,
              TimelineController,
            ]
          : []),
      ],
      providers: [
        WriteProbe,
        ...(api ? [DeadLettersService, SettingsService, TimelineService] : []),
        ...(config.roles.has('aggregator') ? [RetentionRepository, RetentionSweeper] : []),
      ],
    };
  }
}
