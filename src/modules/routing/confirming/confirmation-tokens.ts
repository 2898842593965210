import { Injectable } from '@nestjs/common';
import { Config } from '../../../config.js';
import { Tokens } from '../../../platform/crypto/tokens.js';
import type { TenantContext } from '../../tenants/scopes.js';
import type { RankedQuote } from '../deciding/policy.js';
import type { RouteResource } from '../routing.dto.js';

const PURPOSE = 'confirmation';
/** How long the outcome's token is good, by the database's clock. */
export const TOKEN_MINUTES = 15;

/** Tokens that confirm a decided route at what was decided: an HMAC over it, which is kept in no event, no webhook and no row. */
@Injectable()
export class ConfirmationTokens {
  private readonly tokens: Tokens;

  constructor(config: Config) {
    this.tokens = new Tokens([config.secretKey, ...config.previousSecretKeys]);
  }

  /** The route with the token that confirms it, for those who may. */
  shownTo(tenant: TenantContext, route: RouteResource): RouteResource {
    const winner = route.outcome?.winner;
    if (!winner || route.closedAt === null || !tenant.scopes.includes('routes:write')) return route;
    const token = this.tokens.make(PURPOSE, boundTo(tenant.tenantId, route.id, winner, route.closedAt));
    const expiresAt = new Date(Date.parse(route.closedAt) + TOKEN_MINUTES * 60_000).toISOString();
    return { ...route, confirmation: { token, expiresAt } };
  }

  isFor(token: string, tenantId: string, routeId: string, winner: RankedQuote, closedAt: string): boolean {
    return this.tokens.isFor(token, PURPOSE, boundTo(tenantId, routeId, winner, closedAt));
  }
}

const boundTo = (tenantId: string, routeId: string, winner: RankedQuote, closedAt: string): object => {
  const { providerId, totalCents, currency } = winner;
  return { tenantId, routeId, providerId, totalCents, currency, closedAt };
};
