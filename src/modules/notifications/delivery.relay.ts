import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Repeating } from '../../common/repeating.js';
import { NotificationsService } from './notifications.service.js';

const TICK_MS = 2000;

/** Doorway for time: deliveries that are due and have no job any more (the queue's store was lost, a worker died) get one again. */
@Injectable()
export class DeliveryRelay implements OnApplicationShutdown {
  private readonly relaying: Repeating;

  constructor(notifications: NotificationsService, log: PinoLogger) {
    this.relaying = new Repeating(
      () => notifications.relay(),
      TICK_MS,
      (error) => log.warn({ error: String(error) }, 'webhook.relay_failed'),
    );
  }

  start(): void {
    this.relaying.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relaying.stop();
  }
}
