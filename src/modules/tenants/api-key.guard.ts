import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '../../common/errors.js';
import { NEEDED_SCOPE, TOKEN_READS, type TokenReads } from '../../platform/http/access.js';
import { TOKEN_PREFIX } from './browser-token.js';
import { FailedLogins } from './failed-logins.service.js';
import type { Scope, TenantContext } from './scopes.js';
import { PUBLIC } from './tenant.decorator.js';
import { TenantsService } from './tenants.service.js';

/** Every handler needs a key with the right scope unless it is marked `@Public`. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly tenants: TenantsService,
    private readonly failures: FailedLogins,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets)) return true;
    const request = context.switchToHttp().getRequest<Presented>();
    request.tenant = await this.login(request);
    const { only } = request.tenant;
    const reads = this.reflector.getAllAndOverride<TokenReads | undefined>(TOKEN_READS, targets);
    const isAccepted = reads === 'handler' || (reads === 'id' && request.params.id === only?.subject);
    if (only && !isAccepted) {
      throw new AppError('token_not_accepted', `token of ${only.subject}`);
    }
    const scopes = this.reflector.getAllAndOverride<readonly Scope[] | undefined>(NEEDED_SCOPE, targets);
    if (scopes && !scopes.some((scope) => request.tenant.scopes.includes(scope))) {
      const needed = scopes.join(' or ');
      throw new AppError('scope_missing', `key ${request.tenant.keyId} lacks ${needed}`, {
        errors: [{ pointer: 'authorization', detail: `needs the scope ${needed}` }],
      });
    }
    return true;
  }

  /** An address that fails again and again is refused before anything is looked up for it; who has shown a good key meanwhile is not. */
  private async login(request: Presented): Promise<TenantContext> {
    const key = presentedKey(request);
    if (!this.tenants.knows(key)) this.failures.check(request.ip);
    try {
      return await this.tenants.authenticate(key);
    } catch (error) {
      if (error instanceof AppError && error.status === 401 && key) this.failures.failed(request.ip, 'api');
      throw error;
    }
  }
}

interface Presented {
  ip: string;
  headers: Record<string, string | undefined>;
  params: Record<string, string | undefined>;
  query: Record<string, unknown>;
  tenant: TenantContext;
}

/**
 * `Authorization: Bearer <key>`, the seed's `apikey` header, `?token=`, for a browser's EventSource sends no headers, or a subprotocol,
 * for its WebSocket sends no others.
 */
function presentedKey({ headers, query }: Presented): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const token =
    query.token === undefined ? undefined : `${TOKEN_PREFIX}${String(query.token).replace(TOKEN_PREFIX, '')}`;
  const offered = /(?:^|[,\s])(lg[ct]_[^,\s]+)/.exec(headers['sec-websocket-protocol'] ?? '')?.[1];
  return bearer ?? headers.apikey ?? token ?? offered;
}
