import { Injectable } from '@nestjs/common';
import { isRefusedForData } from '../../../common/sql-state.js';
import type { HeardEvent } from '../../../events/listening/heard.js';
import { Listens, type EventListener } from '../../../events/listening/on-events.js';
import { DecisionService, type NewAnswer } from './decision.service.js';

/**
 * Doorway for providers' answers: one batch in, `collect` once. One that the
 * store refuses counts as a failed one, so that its route does not wait for it until its deadline.
 */
@Injectable()
@Listens({ group: 'aggregator', topic: 'quotes.v1', role: 'aggregator' })
export class AggregateListener implements EventListener<'quotes.v1'> {
  constructor(private readonly decisions: DecisionService) {}

  async handle(batch: readonly HeardEvent<'quote.received'>[]): Promise<void> {
    const answers = batch.map(({ tenantId, traceparent, parsed }) => ({ ...parsed, tenantId, traceparent }));
    try {
      await this.decisions.collect(answers);
    } catch (error) {
      if (answers.length > 1 || !isRefusedForData(error)) throw error;
      await this.decisions.collect(answers.map(unusable));
    }
  }
}

const unusable = ({ answer, ...about }: NewAnswer): NewAnswer => ({
  ...about,
  answer: {
    ...answer,
    result: {
      ok: false,
      failure: {
        reason: 'invalid_response',
        detail: `${answer.providerId} answered what cannot be stored`,
        retryAfterMs: null,
      },
    },
  },
});
