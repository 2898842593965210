import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { Config } from '../../config.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { liveMetrics } from './live.metrics.js';

const RETRY_AFTER_SECONDS = 5;

/** How many streams may be open here at once, in all and for each API key. Refused before anything is read for them. */
@Injectable()
export class StreamSlots {
  private readonly byKey = new Map<string, number>();
  private total = 0;
  private closing = false;

  constructor(
    private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /** Takes a slot; the returned function gives it back, once. Throws `streams_too_many` or `overloaded`. */
  take(tenantId: string, keyId: string): () => void {
    const { LOOPGPT_MAX_STREAMS, LOOPGPT_MAX_STREAMS_PER_KEY } = this.config.values;
    const key = `${tenantId} ${keyId}`;
    const open = this.byKey.get(key) ?? 0;
    const retryAfterSeconds = RETRY_AFTER_SECONDS;
    if (open >= LOOPGPT_MAX_STREAMS_PER_KEY)
      throw new AppError('streams_too_many', `key ${keyId} has ${open}`, { retryAfterSeconds });
    if (this.closing || this.total >= LOOPGPT_MAX_STREAMS)
      throw new AppError('overloaded', `${this.total} streams, closing: ${this.closing}`, { retryAfterSeconds });
    this.change(key, 1);
    let taken = true;
    return () => {
      if (taken) this.change(key, -1);
      taken = false;
    };
  }

  /** The process is about to stop: no new ones. */
  close(): void {
    this.closing = true;
  }

  private change(key: string, by: 1 | -1): void {
    const open = (this.byKey.get(key) ?? 0) + by;
    if (open > 0) this.byKey.set(key, open);
    else this.byKey.delete(key);
    this.total += by;
    this.metrics.of(liveMetrics).streams.set(this.total);
  }
}
