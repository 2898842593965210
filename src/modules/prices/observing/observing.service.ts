import { Injectable } from '@nestjs/common';
import { Config } from '../../../config.js';
import { databaseNow } from '../../../common/clock.js';
import { newId } from '../../../common/ids.js';
import type { Tx } from '../../../platform/database/database.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { unitMicrosOf, type Told } from '../deciding/observation.js';
import { pricesMetrics } from '../prices.metrics.js';
import { WatchingService } from '../watching/watching.service.js';
import { ObservationsRepository, type Observation, type Stored } from './observations.repository.js';

const DAY_MS = 86_400_000;
const BATCH = 500;

/** Keeps prices that are told, once each. Whoever watches them is told in the transaction that stores them. */
@Injectable()
export class ObservingService {
  constructor(
    private readonly observations: ObservationsRepository,
    private readonly watching: WatchingService,
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /** Whether a price of this day is kept: neither of before what is kept, nor of a day that has not come yet anywhere. */
  isKept(day: string): boolean {
    const at = Date.parse(day);
    return at <= databaseNow() + DAY_MS && at >= databaseNow() - this.config.values.LOOPGPT_PRICE_KEEP_DAYS * DAY_MS;
  }

  /** In the caller's transaction. Answers those that were new. */
  async keep(tx: Tx, tenantId: string, told: readonly Told[]): Promise<Stored[]> {
    const rows = told.filter(({ observedOn }) => this.isKept(observedOn)).map((one) => rowOf(tenantId, one));
    const stored: Stored[] = [];
    for (let at = 0; at < rows.length; at += BATCH) {
      stored.push(...(await this.observations.insert(tx, rows.slice(at, at + BATCH))));
    }
    await this.follow(tx, rows, stored);
    return stored;
  }

  /** Of all tenants, each with its own: what has not moved is not kept again. */
  async keepMoved(tx: Tx, told: readonly (Told & { tenantId: string })[]): Promise<Stored[]> {
    const latest = new Map(
      told
        .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
        .map((one) => [`${one.tenantId} ${one.productKey} ${one.storeKey}`, rowOf(one.tenantId, one)]),
    );
    const rows = [...latest.values()];
    const stored: Stored[] = [];
    for (let at = 0; at < rows.length; at += BATCH) {
      stored.push(...(await this.observations.insertMoved(tx, rows.slice(at, at + BATCH))));
    }
    await this.follow(tx, rows, stored);
    return stored;
  }

  /** What was kept is committed by now. */
  wake(): void {
    this.watching.wake();
  }

  private async follow(tx: Tx, rows: readonly Observation[], stored: readonly Stored[]): Promise<void> {
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const { id } of stored) this.metrics.of(pricesMetrics).observed.inc({ kind: byId.get(id)!.kind });
    const watched = stored
      .filter(({ isWatched }) => isWatched)
      .map(({ id, productKey }) => ({ ...byId.get(id)!, productKey }));
    if (watched.length > 0) await this.watching.evaluate(tx, watched);
  }
}

function rowOf(tenantId: string, { cents, at, ...told }: Told): Observation {
  const unitMicros = unitMicrosOf(cents, told);
  return { ...told, id: newId('obs'), tenantId, lastSeen: at, cents: Math.round(cents), unitMicros };
}
