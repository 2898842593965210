import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '../../events/event.js';
import { Listens, type EventListener } from '../../events/on-events.js';
import { NotificationsService } from './notifications.service.js';

/** Doorway for what plans announce. */
@Injectable()
@Listens({ group: 'plan-notifications', topic: 'plans.v1', role: 'notifier' })
export class PlanNotificationsListener implements EventListener {
  constructor(private readonly notifications: NotificationsService) {}

  handle(batch: readonly EventEnvelope[]): Promise<void> {
    return this.notifications.fanOut(batch);
  }
}

/** Doorway for what routes announce: one batch in, its deliveries and their jobs out. */
@Injectable()
@Listens({ group: 'notifications', topic: 'routes.v1', role: 'notifier' })
export class NotificationsListener implements EventListener {
  constructor(private readonly notifications: NotificationsService) {}

  handle(batch: readonly EventEnvelope[]): Promise<void> {
    return this.notifications.fanOut(batch);
  }
}
