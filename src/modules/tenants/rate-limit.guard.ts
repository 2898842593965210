import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { RateLimitsService, WINDOW_MS, rateLimited } from './rate-limits.service.js';
import type { TenantContext } from './scopes.js';

/** Lines of a cart that are worth one request. */
const LINES_A_UNIT = 10;

/** A tenant's requests per minute, by the work they bring, told on every answer as in draft-ietf-httpapi-ratelimit-headers-10. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(private readonly rates: RateLimitsService) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const { tenant, body } = http.getRequest<{ tenant?: TenantContext; body?: unknown }>();
    if (!tenant) return true;
    const reply = http.getResponse<{ header(name: string, value: string): unknown }>();
    const { allowed, remaining, resetSeconds } = this.rates.count(tenant.tenantId, unitsOf(body));
    reply.header('RateLimit-Policy', `"tenant";q=${this.rates.quota};w=${WINDOW_MS / 1000}`);
    reply.header('RateLimit', `"tenant";r=${remaining};t=${resetSeconds}`);
    if (!allowed) throw rateLimited(tenant.tenantId, resetSeconds);
    return true;
  }
}

/** A long list is work, whoever sends it in however few requests. */
export function unitsOf(body: unknown): number {
  const { items } = (body ?? {}) as { items?: unknown };
  return Array.isArray(items) ? Math.max(1, Math.ceil(items.length / LINES_A_UNIT)) : 1;
}
