import { Injectable, type CanActivate, type ExecutionContext, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '../../common/errors.js';
import { Repeating } from '../../common/repeating.js';
import { Config } from '../../config.js';
import { Cache } from '../../platform/cache/cache.js';
import { RequestWindow } from './request-window.js';
import type { TenantContext } from './scopes.js';

const WINDOW_MS = 60_000;
/** How long a process may let requests in before it hears of those of the others. */
const TELL_MS = 250;

/**
 * A tenant's requests per minute over all API processes, told on every answer as in draft-ietf-httpapi-ratelimit-headers-10. No request
 * waits for the shared count; while its store is away each process counts for itself.
 */
@Injectable()
export class RateLimitGuard implements CanActivate, OnApplicationShutdown {
  private readonly requests: RequestWindow;
  private readonly quota: number;
  private readonly telling: Repeating;

  constructor(
    config: Config,
    private readonly cache: Cache,
    log: PinoLogger,
  ) {
    this.quota = config.values.LOOPGPT_RATE_LIMIT_PER_MINUTE;
    this.requests = new RequestWindow(this.quota, WINDOW_MS);
    this.telling = new Repeating(
      () => this.tell(),
      TELL_MS,
      (error) => log.warn({ error: String(error) }, 'rate_limit.sharing_failed'),
    );
    this.telling.start();
  }

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const { tenant } = http.getRequest<{ tenant?: TenantContext }>();
    if (!tenant) return true;
    const reply = http.getResponse<{ header(name: string, value: string): unknown }>();
    const { allowed, remaining, resetMs } = this.requests.take(tenant.tenantId, Date.now());
    const seconds = Math.max(1, Math.ceil(resetMs / 1000));
    reply.header('RateLimit-Policy', `"tenant";q=${this.quota};w=${WINDOW_MS / 1000}`);
    reply.header('RateLimit', `"tenant";r=${remaining};t=${seconds}`);
    if (!allowed) throw new AppError('rate_limited', `tenant ${tenant.tenantId}`, { retryAfterSeconds: seconds });
    return true;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.telling.stop();
  }

  private async tell(): Promise<void> {
    const said = this.requests.untold();
    if (!said) return;
    const keyed = new Map([...said.counts].map(([tenantId, count]) => [`requests:${said.window}:${tenantId}`, count]));
    const totals = await this.cache.add(keyed, 2 * WINDOW_MS);
    if (totals) this.requests.learn(said, new Map([...said.counts.keys()].map((id, index) => [id, totals[index]!])));
  }
}
