import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '../../../events/event.js';
import { Listens, type EventListener } from '../../../events/listening/on-events.js';
import { AskingService } from './asking.service.js';

/** Tells every worker process that a route was cancelled, so that calls under way stop too. */
@Injectable()
@Listens({ group: 'cancel', topic: 'routes.v1', role: 'quotes', everyInstance: true })
export class CancelListener implements EventListener {
  constructor(private readonly asking: AskingService) {}

  async handle(batch: readonly EventEnvelope[]): Promise<void> {
    for (const event of batch) if (event.name === 'route.cancelled') this.asking.cancel(event.subject);
  }
}
