import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '../../common/errors.js';
import { NEEDED_SCOPE, TOKEN_READS, type TokenReads } from '../../platform/http/access.js';
import { TOKEN_PREFIX } from './browser-token.js';
import { Logins } from './logins.service.js';
import type { Scope, TenantContext } from './scopes.js';
import { PUBLIC } from './tenant.decorator.js';

/** Every handler needs a key with the right scope unless it is marked `@Public`. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly logins: Logins,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const request = context.switchToHttp().getRequest<Presented>();
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets)) {
      this.logins.admit(request.ip);
      return true;
    }
    request.tenant = await this.logins.login(request.ip, presentedKey(request));
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
