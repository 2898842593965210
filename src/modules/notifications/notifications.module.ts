import { Module, type DynamicModule, type OnApplicationBootstrap } from '@nestjs/common';
import { Config } from '../../config.js';
import { Forgotten } from '../../operations/forgotten.js';
import { PublicUrls } from '../../platform/outgoing/public-url.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { workerOf } from '../../queues/job.processor.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { DeliveriesRepository } from './deliveries/deliveries.repository.js';
import { DeliveriesService } from './deliveries/deliveries.service.js';
import { DeliveryHistoryRepository } from './deliveries/delivery-history.repository.js';
import { DeliveryJobs } from './deliveries/delivery-jobs.js';
import { DeliveryRelay } from './deliveries/delivery.relay.js';
import { EndpointsController } from './endpoints/endpoints.controller.js';
import { DISABLED_REASONS, EndpointsRepository } from './endpoints/endpoints.repository.js';
import { EndpointsService } from './endpoints/endpoints.service.js';
import { SecretsService } from './endpoints/secrets.service.js';
import { NoticesService } from './notices.service.js';
import { NotificationsListener } from './notifications.listener.js';
import { notificationsMetrics } from './notifications.metrics.js';
import { forgetMessagesOf } from './notifications.retention.js';
import { NotificationsService } from './notifications.service.js';
import { DeliverProcessor } from './sending/deliver.processor.js';
import { WebhookClient } from './sending/webhook.client.js';

/** Telling others. The API manages endpoints and shows deliveries; the notifier makes and attempts them. */
@Module({})
export class NotificationsModule implements OnApplicationBootstrap {
  constructor(
    private readonly config: Config,
    private readonly relay: DeliveryRelay,
    forgotten: Forgotten,
    deliveries: DeliveriesRepository,
    metrics: Metrics,
  ) {
    forgotten.also(forgetMessagesOf);
    if (config.roles.has('aggregator')) soundDeliveries(metrics, deliveries);
  }

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

function soundDeliveries(metrics: Metrics, deliveries: DeliveriesRepository): void {
  const { pending, disabled } = metrics.of(notificationsMetrics);
  metrics.sound({
    gauges: [pending, disabled],
    measure: async () => {
      const standing = await deliveries.standing();
      pending.set(standing.pending);
      for (const reason of DISABLED_REASONS) disabled.set({ reason }, standing.disabled[reason] ?? 0);
    },
  });
}
