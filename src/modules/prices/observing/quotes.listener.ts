import { Injectable } from '@nestjs/common';
import type { HeardEvent } from '../../../events/listening/heard.js';
import { Listens, type EventListener } from '../../../events/listening/on-events.js';
import { QuotedPricesService } from './quoted-prices.service.js';

/** Doorway for providers' answers, beside those who decide by them: one batch in, its prices kept once. */
@Injectable()
@Listens({ group: 'prices', topic: 'quotes.v1', role: 'aggregator', restMs: 500 })
export class QuotesListener implements EventListener<'quotes.v1'> {
  constructor(private readonly quoted: QuotedPricesService) {}

  handle(batch: readonly HeardEvent<'quote.received'>[]): Promise<void> {
    return this.quoted.keep(batch.map(({ tenantId, parsed }) => ({ tenantId, ...parsed })));
  }
}
