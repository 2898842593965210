import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../../config.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { ApiKeysController } from './admin/api-keys.controller.js';
import { ApiKeysService } from './admin/api-keys.service.js';
import { CredentialAges } from './admin/credential-ages.service.js';
import { CredentialsController } from './admin/credentials.controller.js';
import { DeadLettersController } from './admin/dead-letters.controller.js';
import { DeadLettersService } from './admin/dead-letters.service.js';
import { KeysController } from './admin/keys.controller.js';
import { SettingsService } from './admin/settings.service.js';
import { SwitchesController } from './admin/switches.controller.js';
import { OptimizerHealthController } from './former-ports/optimizer-health.controller.js';
import { Dependencies } from './health/dependencies.js';
import { HealthController } from './health/health.controller.js';
import { HealthService } from './health/health.service.js';
import { METRIC_GROUPS } from './health/metric-groups.js';
import { MetricsController } from './health/metrics.controller.js';
import { WriteProbe } from './health/write-probe.js';
import { AsyncApiController } from './pages/asyncapi.controller.js';
import { HomeController } from './pages/home.controller.js';
import { ProblemsController } from './pages/problems.controller.js';
import { RetentionRepository } from './retention.repository.js';
import { RetentionSweeper } from './retention.sweeper.js';
import { TimelineController } from './timeline.controller.js';
import { TimelineService } from './timeline.service.js';

/** Telling operators. Health and metrics are served by every role; the timeline only beside the API. Aggregators forget what is old. */
@Module({})
export class OpsModule {
  constructor(metrics: Metrics) {
    for (const group of METRIC_GROUPS) metrics.of<unknown>(group);
  }

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
              ApiKeysController,
              AsyncApiController,
              CredentialsController,
              DeadLettersController,
              HomeController,
              KeysController,
              OptimizerHealthController,
              ProblemsController,
              SwitchesController,
              TimelineController,
            ]
          : []),
      ],
      providers: [
        CredentialAges,
        Dependencies,
        HealthService,
        WriteProbe,
        ...(api ? [ApiKeysService, DeadLettersService, SettingsService, TimelineService] : []),
        ...(config.roles.has('aggregator') ? [RetentionRepository, RetentionSweeper] : []),
      ],
    };
  }
}
