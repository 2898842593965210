import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { databaseNow } from '../../common/clock.js';
import { AppError } from '../../common/errors.js';
import { Clock } from '../../clock/clock.js';
import type { Repeating } from '../../common/pacing/repeating.js';
import { Config } from '../../config.js';
import { Cache } from '../../platform/cache/cache.js';
import { RequestWindow } from './request-window.js';

export const WINDOW_MS = 60_000;

export interface Rate {
  allowed: boolean;
  remaining: number;
  /** Until the tenant has its whole quota again. */
  resetSeconds: number;
}

/**
 * A tenant's requests per minute over all API processes. No request waits for the shared count; while its store is away each process
 * counts for itself.
 */
@Injectable()
export class RateLimitsService implements OnApplicationShutdown {
  readonly quota: number;
  private readonly requests: RequestWindow;
  private readonly telling: Repeating;

  constructor(
    config: Config,
    private readonly cache: Cache,
    clock: Clock,
  ) {
    this.quota = config.values.LOOPGPT_RATE_LIMIT_PER_MINUTE;
    this.requests = new RequestWindow(this.quota, WINDOW_MS);
    this.telling = clock.loop('rate_limit.sharing', () => this.tell());
    this.telling.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.telling.stop();
  }

  /** Counts one request, or what is worth several, and says how the tenant stands after it. */
  count(tenantId: string, units = 1): Rate {
    const { allowed, remaining, resetMs } = this.requests.take(tenantId, databaseNow(), units);
    return { allowed, remaining, resetSeconds: Math.max(1, Math.ceil(resetMs / 1000)) };
  }

  /** Counts what costs as much as a request and came by another way. Throws `rate_limited`. */
  take(tenantId: string): void {
    const { allowed, resetSeconds } = this.count(tenantId);
    if (!allowed) throw rateLimited(tenantId, resetSeconds);
  }

  private async tell(): Promise<void> {
    const said = this.requests.untold();
    if (!said) return;
    const keyed = new Map([...said.counts].map(([tenantId, count]) => [`requests:${said.window}:${tenantId}`, count]));
    const totals = await this.cache.add(keyed, 2 * WINDOW_MS);
    if (totals) this.requests.learn(said, new Map([...said.counts.keys()].map((id, index) => [id, totals[index]!])));
  }
}

export const rateLimited = (tenantId: string, retryAfterSeconds: number): AppError =>
  new AppError('rate_limited', `tenant ${tenantId}`, { retryAfterSeconds });
