import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { RateLimitsService, WINDOW_MS, rateLimited } from './rate-limits.service.js';
import type { TenantContext } from './scopes.js';

/** A tenant's requests per minute, told on every answer as in draft-ietf-httpapi-ratelimit-headers-10. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(private readonly rates: RateLimitsService) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const { tenant } = http.getRequest<{ tenant?: TenantContext }>();
    if (!tenant) return true;
    const reply = http.getResponse<{ header(name: string, value: string): unknown }>();
    const { allowed, remaining, resetSeconds } = this.rates.count(tenant.tenantId);
    reply.header('RateLimit-Policy', `"tenant";q=${this.rates.quota};w=${WINDOW_MS / 1000}`);
    reply.header('RateLimit', `"tenant";r=${remaining};t=${resetSeconds}`);
    if (!allowed) throw rateLimited(tenant.tenantId, resetSeconds);
    return true;
  }
}
