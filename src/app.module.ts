import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { Config } from './config.js';
import { EventsModule } from './events/events.module.js';
import { DiscountsModule } from './modules/discounts/discounts.module.js';
import { LiveModule } from './modules/live/live.module.js';
import { NotificationsModule } from './modules/notifications/notifications.module.js';
import { PricesModule } from './modules/prices/prices.module.js';
import { OpsModule } from './modules/ops/ops.module.js';
import { OrdersModule } from './modules/orders/orders.module.js';
import { parseLanes } from './modules/providers/lanes.js';
import { NutritionModule } from './modules/nutrition/nutrition.module.js';
import { PlanningModule } from './modules/planning/planning.module.js';
import { ProvidersModule } from './modules/providers/providers.module.js';
import { RoutingModule } from './modules/routing/routing.module.js';
import { SwitchesModule } from './modules/switches/switches.module.js';
import { TenantsModule } from './modules/tenants/tenants.module.js';
import { WordsModule } from './modules/words/words.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { PlatformModule } from './platform/platform.module.js';
import { loggerParams } from './platform/telemetry/logger.js';
import { QueuesModule } from './queues/queues.module.js';

/** What the API is for, in its document's words. */
export const ABOUT = `Route a grocery cart to the best provider, plan meals that are proven, bring a household's orders in from any file,
and watch what things cost. What takes long is answered with 202; its outcome comes by webhook, live stream, polling or long poll.`;

/** Groups of the API's operations in the order in which they are read. */
export const GROUPS = [
  'routes',
  'plans',
  'carts',
  'history',
  'prices',
  'offers',
  'recipes',
  'webhooks',
  'live',
  'providers',
];

/** All modules, floor by floor; the only file that knows them all. */
@Module({})
export class AppModule {
  /** `more`: modules that join those of the house, such as a kind of its own. */
  static forConfig(config: Config, more: readonly DynamicModule[] = []): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggerParams(config)),
        PlatformModule.forConfig(config),
        QueuesModule.forConfig(config, [...parseLanes(config.values.LOOPGPT_LANES).keys()]),
        EventsModule,
        OperationsModule,
        TenantsModule.forConfig(config),
        SwitchesModule,
        ProvidersModule,
        NutritionModule.forConfig(config),
        PricesModule.forConfig(config),
        DiscountsModule.forConfig(config),
        ...(config.roles.has('api') || config.roles.has('planner') ? [OrdersModule.forConfig(config)] : []),
        RoutingModule.forConfig(config),
        // It reads the whole library of foods, which other roles have no use for.
        ...(config.roles.has('api') || config.roles.has('planner') ? [PlanningModule.forConfig(config)] : []),
        ...(config.roles.has('api') || config.roles.has('planner') ? [WordsModule.forConfig(config)] : []),
        ...more,
        NotificationsModule.forConfig(config),
        LiveModule.forConfig(config),
        OpsModule.forConfig(config),
      ],
    };
  }
}
