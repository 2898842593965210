import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../common/errors.js';
import { Config } from '../../config.js';
import type { TenantContext } from './scopes.js';

const WINDOW_SECONDS = 60;

/**
 * A tenant's requests per minute, told on every answer as in draft-ietf-httpapi-ratelimit-headers-10. Counted in each API process:
 * a shared counter would cost every request a round trip, and the limit protects processes.
 */
@Injectable()
export class RateLimitGuard implements CanActivate {
  private readonly limiter: RateLimiterMemory;
  private readonly quota: number;

  constructor(config: Config) {
    this.quota = config.values.LOOPGPT_RATE_LIMIT_PER_MINUTE;
    this.limiter = new RateLimiterMemory({ points: this.quota, duration: WINDOW_SECONDS });
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const { tenant } = http.getRequest<{ tenant?: TenantContext }>();
    if (!tenant) return true;
    const reply = http.getResponse<{ header(name: string, value: string): unknown }>();
    const { state, allowed } = await this.consume(tenant.tenantId);
    const seconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
    reply.header('RateLimit-Policy', `"tenant";q=${this.quota};w=${WINDOW_SECONDS}`);
    reply.header('RateLimit', `"tenant";r=${Math.max(0, state.remainingPoints)};t=${seconds}`);
    if (!allowed) throw new AppError('rate_limited', `tenant ${tenant.tenantId}`, { retryAfterSeconds: seconds });
    return true;
  }

  private async consume(tenantId: string): Promise<{ state: RateLimiterRes; allowed: boolean }> {
    try {
      return { state: await this.limiter.consume(tenantId), allowed: true };
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return { state: refusal, allowed: false };
      throw refusal;
    }
  }
}
