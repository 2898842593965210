import { Injectable } from '@nestjs/common';
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
    return this.notifications.fanOut(batch);
  }
}
