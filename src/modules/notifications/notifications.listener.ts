import { Injectable } from '@nestjs/common';
import { crashPoint } from '../../common/crash-points.js';
import type { EventEnvelope } from '../../events/event.js';
import { Listens, type EventListener } from '../../events/listening/on-events.js';
import { topics } from '../../operations/catalogue.js';
import { NotificationsService } from './notifications.service.js';

/** Doorway for what any kind announces: one batch in, its deliveries and their jobs out. */
@Injectable()
@Listens({ group: 'notifications', topic: topics, role: 'notifier' })
export class NotificationsListener implements EventListener {
  constructor(private readonly notifications: NotificationsService) {}

  handle(batch: readonly EventEnvelope[]): Promise<void> {
    crashPoint('notifier.pre_fan_out');
    return this.notifications.fanOut(batch);
  }
}
