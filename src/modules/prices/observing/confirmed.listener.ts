import { Injectable } from '@nestjs/common';
import type { HeardEvent } from '../../../events/listening/heard.js';
import { Listens, type EventListener } from '../../../events/listening/on-events.js';
import { HonestyService } from './honesty.service.js';

/** Doorway for what callers confirmed. */
@Injectable()
@Listens({ group: 'prices', topic: 'routes.v1', role: 'aggregator', restMs: 500 })
export class ConfirmedListener implements EventListener<'routes.v1'> {
  constructor(private readonly honesty: HonestyService) {}

  handle(batch: readonly HeardEvent[]): Promise<void> {
    return this.honesty.confirmed(
      batch.flatMap((event) => {
        if (event.name !== 'route.confirmed') return [];
        const { routeId, providerId, decidedTotalCents, totalCents, missing, simulated, confirmedAt } =
          event.parsed.confirmation;
        return [
          {
            tenantId: event.tenantId,
            routeId,
            providerId,
            decidedCents: decidedTotalCents,
            confirmedCents: totalCents,
            missing: missing.length,
            simulated,
            confirmedAt,
          },
        ];
      }),
    );
  }
}
