import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../clock/clock.js';
import { AppError } from '../../common/errors.js';
import type { Repeating } from '../../common/pacing/repeating.js';
import { Config } from '../../config.js';
import { PricesService, type WatchedPlace } from '../prices/prices.service.js';
import { OFFER_CARDS } from '../providers/cards.js';
import { ClearancesRepository } from './clearances.repository.js';
import { DiscountsService } from './discounts.service.js';
import { refreshEverySeconds } from './deciding/refresh.js';
import { ClearanceWatchesRepository } from './watching/clearance-watches.repository.js';
import { TellingService } from './watching/telling.service.js';

const ASK_MS = 30_000;
/** Places taken at once: of a process that ends meanwhile no more of them wait for their next turn. */
const TAKEN = 10;

/**
 * Asks again, by the clock, what is cleared where prices or areas are watched, and has those who watch areas told: seldom enough to leave
 * most calls of the day to callers.
 */
@Injectable()
export class RefreshingService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly rounds: Repeating;

  constructor(
    private readonly prices: PricesService,
    private readonly discounts: DiscountsService,
    private readonly clearances: ClearancesRepository,
    private readonly watches: ClearanceWatchesRepository,
    private readonly telling: TellingService,
    private readonly config: Config,
    private readonly log: PinoLogger,
    clock: Clock,
  ) {
    this.rounds = clock.loop('clearances.refresh', () => this.refresh());
  }

  onApplicationBootstrap(): void {
    if (this.config.roles.has('quotes')) this.rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  async refresh(): Promise<void> {
    const [ofPrices, areas] = await Promise.all([this.prices.watchedPlaces(), this.watches.places()]);
    const watched = new Map([...ofPrices, ...areas.places].map((place) => [nameOf(place), place]));
    if (watched.size === 0) return;
    const perDay = Math.min(...OFFER_CARDS.flatMap(({ callsPerDay }) => Object.values(callsPerDay ?? {})));
    const seconds = refreshEverySeconds(watched.size + areas.total - areas.places.length, perDay);
    const names = [...watched.keys()];
    for (let from = 0; from < names.length; from += TAKEN) {
      const due = await this.clearances.due(names.slice(from, from + TAKEN), seconds);
      for (const name of due) await this.ask(watched.get(name)!);
    }
  }

  /** A source that does not answer, or a place that cannot be told of now, has its turn again like the others. */
  private async ask(place: WatchedPlace): Promise<void> {
    const { tenantId, latitude, longitude, radiusKm } = place;
    try {
      const near = [{ latitude, longitude, radiusKm }];
      await this.telling.hear(place, await this.discounts.near(tenantId, { near }, AbortSignal.timeout(ASK_MS)));
    } catch (error) {
      this.log.warn(
        {
          event: 'clearances_not_refreshed',
          tenant_id: tenantId,
          ...(error instanceof AppError ? { code: error.code } : { err: error }),
        },
        'clearances_not_refreshed',
      );
    }
  }
}

/** Where somebody is stands in no table that others read. */
const nameOf = ({ tenantId, latitude, longitude, radiusKm }: WatchedPlace): string =>
  createHash('sha256').update(`${tenantId} ${latitude} ${longitude} ${radiusKm}`).digest('base64url');
