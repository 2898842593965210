import { Injectable } from '@nestjs/common';
import { EventWaiter } from '../events/event-waiter.js';
import type { EventEnvelope } from '../events/event.js';
import { Listens, type EventListener } from '../events/on-events.js';
import { topics } from './catalogue.js';

/** Wakes those who wait for something of any kind. */
@Injectable()
@Listens({ group: 'waiter', topic: topics, role: 'api', everyInstance: true })
export class WakingListener implements EventListener {
  constructor(private readonly waiter: EventWaiter) {}

  async handle(batch: readonly EventEnvelope[]): Promise<void> {
    this.waiter.wake(batch);
  }
}
