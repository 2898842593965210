import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import type { Payload } from '../../../queues/catalogue.js';
import { JobHost } from '../../../queues/job.processor.js';
import { NotificationsService } from '../notifications.service.js';

/** Doorway for `webhook.deliver`. */
@Injectable()
export class DeliverProcessor extends JobHost<'webhook.deliver'> {
  protected readonly job = 'webhook.deliver';

  constructor(
    private readonly notifications: NotificationsService,
    protected readonly metrics: Metrics,
    protected readonly log: PinoLogger,
  ) {
    super();
  }

  protected handle(payload: Payload<'webhook.deliver'>, signal: AbortSignal): Promise<void> {
    return this.notifications.attempt(payload, signal);
  }
}
