import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '../../common/errors.js';
import type { Scope, TenantContext } from './scopes.js';
import { NEEDED_SCOPE, PUBLIC } from './tenant.decorator.js';
import { TenantsService } from './tenants.service.js';

/** Every handler needs a key with the right scope unless it is marked `@Public`. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly tenants: TenantsService,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets)) return true;
    const request = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string | undefined>; tenant: TenantContext }>();
    request.tenant = await this.tenants.authenticate(presentedKey(request.headers));
    const scope = this.reflector.getAllAndOverride<Scope | undefined>(NEEDED_SCOPE, targets);
    if (scope && !request.tenant.scopes.includes(scope)) {
      throw new AppError('scope_missing', `key ${request.tenant.keyId} lacks ${scope}`, {
        errors: [{ pointer: 'authorization', detail: `needs the scope ${scope}` }],
      });
    }
    return true;
  }
}

/** `Authorization: Bearer <key>`, or the seed's `apikey` header. */
function presentedKey(headers: Record<string, string | undefined>): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  return bearer ?? headers.apikey;
}
