import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { Config } from '../../../config.js';
import { Outbox } from '../../../events/outbox.js';
import { Database } from '../../../platform/database/database.js';
import { traceparentFrom } from '../../../platform/telemetry/tracing.js';
import type { WatchedPlace } from '../../prices/prices.service.js';
import { changesIn, hasChanged, toldOf } from '../deciding/area-changes.js';
import type { FoundClearances } from '../discounts.service.js';
import { ClearanceWatchesRepository } from './clearance-watches.repository.js';

/** Tells those who watch an area what shops there clear now and no more: one event of a watch for all that was heard at once, in the commit that keeps what is known. */
@Injectable()
export class TellingService {
  constructor(
    private readonly watches: ClearanceWatchesRepository,
    private readonly outbox: Outbox,
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  /** What shops of a place said. What nobody said now, or in production a simulator did, is no news. */
  async hear(place: WatchedPlace, found: FoundClearances): Promise<void> {
    const { offers, simulated } = found;
    if (offers.some(({ isStale }) => isStale) || (simulated && this.config.values.LOOPGPT_ENV === 'production')) return;
    await this.database.system(async (tx) => {
      for (const { id, asked, known, isFirst } of await this.watches.at(tx, place)) {
        const changes = changesIn(known, found, asked, databaseNow());
        await this.watches.keep(tx, place.tenantId, id, changes.known);
        if (!hasChanged(changes)) continue;
        const subject = { id, tenantId: place.tenantId, traceparent: traceparentFrom(undefined) };
        const { reference } = asked;
        await this.outbox.append(tx, 'clearances.changed', subject, {
          id,
          reference,
          isFirst,
          simulated,
          ...toldOf(changes),
        });
      }
    });
    this.outbox.wake();
  }
}
