import { Injectable } from '@nestjs/common';
import { EventWaiter } from '../../events/event-waiter.js';
import type { EventEnvelope } from '../../events/event.js';
import { Listens, type EventListener } from '../../events/on-events.js';

/** Wakes those who wait for a plan. */
@Injectable()
@Listens({ group: 'plan-waiter', topic: 'plans.v1', role: 'api', everyInstance: true })
export class PlanWaiterListener implements EventListener {
  constructor(private readonly waiter: EventWaiter) {}

  handle(batch: readonly EventEnvelope[]): Promise<void> {
    return this.waiter.handle(batch);
  }
}
