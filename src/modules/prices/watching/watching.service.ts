import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../../clock/clock.js';
import { databaseNow } from '../../../common/clock.js';
import { grouped } from '../../../common/grouped.js';
import type { Repeating } from '../../../common/pacing/repeating.js';
import { Config } from '../../../config.js';
import { Outbox } from '../../../events/outbox.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { traceparentFrom } from '../../../platform/telemetry/tracing.js';
import { distanceKm } from '../../../vocabulary/places.js';
import { crossed, lineFor } from '../deciding/crossing.js';
import { centsFor, type Priced } from '../deciding/observation.js';
import { quietUntil } from '../deciding/quiet-hours.js';
import { WatchesRepository, type NewState, type Owed, type PastPrice, type Watched } from './watches.repository.js';

const WINDOW_DAYS = 365;
/** What was seen longer ago than this is history, and no price that moves. */
const NEWS_DAYS = 2;
const DAY_MS = 86_400_000;
const BATCH = 100;

/** A price that was just stored, with where it stands in time. */
export interface Fresh extends Priced {
  tenantId: string;
}

/**
 * Tells those who watch a price that it has crossed their line, in the transaction that stores it: once for each crossing, by the events
 * that all doors tell.
 */
@Injectable()
export class WatchingService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly telling: Repeating;

  constructor(
    private readonly watches: WatchesRepository,
    private readonly outbox: Outbox,
    private readonly database: Database,
    private readonly config: Config,
    clock: Clock,
  ) {
    this.telling = clock.loop('price_watches.tell', () => this.tellDue());
  }

  onApplicationBootstrap(): void {
    if (this.config.roles.has('aggregator')) this.telling.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.telling.stop();
  }

  /** In the transaction that stored them; after the commit comes `wake`. */
  async evaluate(tx: Tx, stored: readonly Fresh[]): Promise<void> {
    const news = stored
      .filter(({ observedOn }) => Date.parse(observedOn) >= databaseNow() - (NEWS_DAYS + 1) * DAY_MS)
      .toSorted((a, b) => Date.parse(a.lastSeen) - Date.parse(b.lastSeen));
    if (news.length === 0) return;
    const watched = await this.watches.watched(
      tx,
      news.map(({ tenantId, productKey, storeKey }) => ({ tenantId, productKey, storeKey })),
    );
    if (watched.length === 0) return;
    const past = await this.pastOf(tx, watched);
    const byPlace = grouped(news, placeOf);
    const states = watched.flatMap((one) => this.stateOf(one, byPlace.get(placeOf(one)) ?? [], past) ?? []);
    if (states.length === 0) return;
    await this.watches.putStates(tx, states);
    for (const { watchId, tenantId, told } of states) if (told) await this.tell(tx, watchId, tenantId, told);
  }

  /** Something that was evaluated is committed by now. */
  wake(): void {
    this.outbox.wake();
  }

  /** What was seen of a product that is watched from now on, without telling of it: where it stands today is in the answer. */
  async begin(tx: Tx, watch: Omit<Watched, 'storeKey' | 'side' | 'isOwed'>): Promise<void> {
    const { tenantId, productKey } = watch;
    const last = await this.watches.last(tx, tenantId, productKey, since());
    const past = await this.pastOf(tx, [{ ...watch, storeKey: '', side: null, isOwed: false }]);
    const states = last.flatMap((price): NewState[] => {
      const line = lineOf(watch.asked, price, past.get(productOf(watch)) ?? []);
      if (line === null || !isWanted(watch.asked, price)) return [];
      const { side } = crossed(price.unitMicros, { ...watch.asked, line }, null);
      return [{ watchId: watch.watchId, tenantId, productKey, storeKey: price.storeKey, side, ...NOTHING }];
    });
    if (states.length > 0) await this.watches.putStates(tx, states);
  }

  private async pastOf(tx: Tx, watched: readonly Watched[]): Promise<Map<string, PastPrice[]>> {
    const needed = watched.filter(({ asked }) => !('cents' in asked.bound));
    if (needed.length === 0) return new Map();
    const products = needed.map(({ tenantId, productKey }) => ({ tenantId, productKey }));
    return grouped(await this.watches.past(tx, products, since()), productOf);
  }

  /** Where it stands after these prices; null when none of them is for this watch. */
  private stateOf(watched: Watched, prices: readonly Fresh[], past: ReadonlyMap<string, PastPrice[]>): NewState | null {
    const { watchId, tenantId, productKey, storeKey, asked } = watched;
    let { side, isOwed } = watched;
    let owed: Owed | null = null;
    for (const price of prices) {
      const line = isWanted(asked, price) ? lineOf(asked, price, past.get(productOf(watched)) ?? []) : null;
      if (line === null) continue;
      const now = crossed(price.unitMicros, { ...asked, line }, side);
      side = now.side;
      // Whoever was not told yet of a crossing that is undone is told nothing.
      if (!now.crossing) continue;
      owed = owed || isOwed ? null : { crossing: now.crossing, data: movedOf(watched, price, line) };
      isOwed = false;
    }
    if (side === null || side === watched.side) return null;
    const until = asked.quietHours ? quietUntil(databaseNow(), asked.quietHours) : null;
    const place = { watchId, tenantId, productKey, storeKey, side };
    if (!owed) return { ...place, ...NOTHING };
    if (until === null) return { ...place, ...NOTHING, told: owed };
    return { ...place, told: null, owed, owedAt: new Date(until).toISOString() };
  }

  private async tellDue(): Promise<boolean> {
    const due = await this.database.system(async (tx) => {
      const rows = await this.watches.due(tx, BATCH);
      for (const { watchId, tenantId, owed } of rows) await this.tell(tx, watchId, tenantId, owed);
      return rows.length;
    });
    if (due > 0) this.outbox.wake();
    return due === BATCH;
  }

  private tell(tx: Tx, watchId: string, tenantId: string, { crossing, data }: Owed): Promise<void> {
    const subject = { id: watchId, tenantId, traceparent: traceparentFrom(undefined) };
    return this.outbox.append(tx, crossing === 'dropped' ? 'price.dropped' : 'price.raised', subject, data);
  }
}

const NOTHING = { told: null, owed: null, owedAt: null };
const since = (): string => new Date(databaseNow() - WINDOW_DAYS * DAY_MS).toISOString().slice(0, 10);
const productOf = ({ tenantId, productKey }: { tenantId: string; productKey: string }): string =>
  `${tenantId} ${productKey}`;
const placeOf = (one: { tenantId: string; productKey: string; storeKey: string }): string =>
  `${productOf(one)} ${one.storeKey}`;

const lineOf = (
  asked: Watched['asked'],
  price: Pick<Priced, 'amount' | 'unit' | 'currency'>,
  past: readonly PastPrice[],
): number | null => lineFor(asked.bound, price, past);

const isWanted = (
  { stores, near, currency }: Watched['asked'],
  price: Pick<Priced, 'storeKey' | 'currency' | 'place'>,
): boolean =>
  price.currency === currency &&
  // Where a shop is, is known of what is told with its place alone.
  (!near || (price.place ? distanceKm(near, price.place) <= near.radiusKm : false)) &&
  (stores?.some((store) => price.storeKey === store || price.storeKey.startsWith(`${store}/`)) ?? true);

const movedOf = (
  { watchId, asked, name, productKey, storeKey }: Watched,
  price: Priced,
  line: number,
): Owed['data'] => ({
  id: watchId,
  reference: asked.reference,
  productId: productKey,
  productName: name,
  store: storeKey,
  cents: price.cents,
  amount: price.amount,
  unit: price.unit,
  currency: price.currency,
  lineCents: centsFor(line, price),
  observationId: price.id,
  kind: price.kind,
  observedOn: price.observedOn,
});
