import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '../../events/event.js';
import { Listens, type EventListener } from '../../events/listening/on-events.js';
import { LiveHub } from './live.hub.js';

/** Doorway for what is told live and kept nowhere: each instance hears all of it, for those who follow here. */
@Injectable()
@Listens({ group: 'progress', topic: 'progress.v1', role: 'api', everyInstance: true, restMs: 50 })
export class ProgressListener implements EventListener {
  constructor(private readonly hub: LiveHub) {}

  async handle(batch: readonly EventEnvelope[]): Promise<void> {
    for (const event of batch) this.hub.pass(event);
  }
}
