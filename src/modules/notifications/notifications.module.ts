import { Module, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../../config.js';
import { PublicUrls } from '../../platform/http/public-url.js';
import { workerOf } from '../../queues/job.processor.js';
import { DeliverProcessor } from './deliver.processor.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveriesService } from './deliveries.service.js';
import { DeliveryHistoryRepository } from './delivery-history.repository.js';
import { DeliveryJobs } from './delivery-jobs.js';
import { DeliveryRelay } from './delivery.relay.js';
import { EndpointsController } from './endpoints.controller.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { EndpointsService } from './endpoints.service.js';
import { NoticesService } from './notices.service.js';
import { NotificationsListener } from './notifications.listener.js';
import { NotificationsService } from './notifications.service.js';
import { SecretsService } from './secrets.service.js';
import { WebhookClient } from './webhook.client.js';

/** Telling others. The API manages endpoints and shows deliveries; the notifier makes and attempts them. */
@Module({})
export class NotificationsModule implements OnApplicationBootstrap {
  constructor(
    private readonly config: Config,
    private readonly relay: DeliveryRelay,
  ) {}

  static forConfig(config: Config): DynamicModule {
    return {
      module: NotificationsModule,
      controllers: config.roles.has('api') ? [EndpointsController, DeliveriesController] : [],
      providers: [
        DeliveriesRepository,
        DeliveriesService,
        DeliveryHistoryRepository,
        DeliveryJobs,
        DeliveryRelay,
        EndpointsRepository,
        EndpointsService,
        NoticesService,
        NotificationsListener,
        NotificationsService,
        SecretsService,
        { provide: WebhookClient, inject: [PublicUrls], useFactory: (urls: PublicUrls) => new WebhookClient(urls) },
        ...(config.roles.has('notifier') ? [workerOf(config, 'webhooks', DeliverProcessor)] : []),
      ],
    };
  }

  onApplicationBootstrap(): void {
    if (this.config.roles.has('notifier')) this.relay.start();
  }
}
