import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../clock/clock.js';
import type { Repeating } from '../../common/pacing/repeating.js';
import { Seen, type TrackRecord } from './deciding/track-record.js';
import { TrackRecordsRepository } from './track-records.repository.js';

const SAMPLE = 300;
/** A provider's memory is begun anew so often; the first look goes back a day. */
const FORGET_MS = 24 * 3600 * 1000;

/** How each provider answered lately, as stored answers tell; read every 10 s and frozen into each new route's policy. */
@Injectable()
export class TrackRecords implements OnApplicationShutdown {
  private records: ReadonlyMap<string, TrackRecord> = new Map();
  private seen = new Map<string, Seen>();
  private since: string | null = null;
  private begunAt = performance.now();
  private readonly refreshing: Repeating;

  constructor(
    private readonly repository: TrackRecordsRepository,
    clock: Clock,
  ) {
    this.refreshing = clock.loop('track_records.refresh', () => this.refresh());
  }

  start(): void {
    this.refreshing.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.refreshing.stop();
  }

  recent(): ReadonlyMap<string, TrackRecord> {
    return this.records;
  }

  private async refresh(): Promise<void> {
    await this.learn();
    this.records = new Map(
      (await this.repository.recentReliability()).map(({ providerId, ...counts }) => {
        const seen = this.seen.get(providerId);
        return [providerId, { ...counts, seen: seen ? (items) => seen.bestFor(items) : null }];
      }),
    );
  }

  private async learn(): Promise<void> {
    if (performance.now() - this.begunAt > FORGET_MS) {
      this.seen = new Map();
      this.since = null;
      this.begunAt = performance.now();
    }
    for (const quote of await this.repository.quotesSince(this.since, SAMPLE)) {
      const known = this.seen.get(quote.providerId) ?? new Seen();
      known.learn(quote);
      this.seen.set(quote.providerId, known);
      this.since = quote.at;
    }
  }
}
