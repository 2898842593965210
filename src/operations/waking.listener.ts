import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '../events/event.js';
import { Listens, type EventListener } from '../events/listening/on-events.js';
import { topics } from './catalogue.js';
import { Operations } from './operations.js';

/** Wakes those who wait for something of any kind. */
@Injectable()
@Listens({ group: 'waiter', topic: topics, role: 'api', everyInstance: true })
export class WakingListener implements EventListener {
  constructor(private readonly operations: Operations) {}

  async handle(batch: readonly EventEnvelope[]): Promise<void> {
    this.operations.heard(batch);
  }
}
