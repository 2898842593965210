import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '../../events/event.js';
import { Listens, type EventListener } from '../../events/on-events.js';
import { ProviderAnswer } from '../providers/provider.js';
import { DecisionService } from './decision.service.js';

/** Doorway for providers' answers: one batch in, `collect` once. An answer that does not fit its schema throws and is parked. */
@Injectable()
@Listens({ group: 'aggregator', topic: 'quotes.v1', role: 'aggregator' })
export class AggregateListener implements EventListener {
  constructor(private readonly decisions: DecisionService) {}

  async handle(batch: readonly EventEnvelope[]): Promise<void> {
    await this.decisions.collect(
      batch.map((event) => {
        const { routeId, answer } = JSON.parse(event.data) as { routeId: string; answer: unknown };
        return { routeId, tenantId: event.tenantId, answer: ProviderAnswer.parse(answer) };
      }),
    );
  }
}
