import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../../config.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';

/** Telling operators. Health and metrics are served by every role; the timeline only beside the API. */
@Module({})
export class OpsModule {
  static forConfig(_config: Config): DynamicModule {
    return { module: OpsModule, imports: [ProvidersModule], controllers: [HealthController, MetricsController] };
  }
}
