import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../../clock/clock.js';
import type { Repeating } from '../../../common/pacing/repeating.js';
import { NotificationsService } from '../notifications.service.js';

/** Doorway for time: deliveries that are due and have no job any more (the queue's store was lost, a worker died) get one again. */
@Injectable()
export class DeliveryRelay implements OnApplicationShutdown {
  private readonly relaying: Repeating;

  constructor(notifications: NotificationsService, clock: Clock) {
    this.relaying = clock.loop('webhook.relay', () => notifications.relay());
  }

  start(): void {
    this.relaying.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relaying.stop();
  }
}
