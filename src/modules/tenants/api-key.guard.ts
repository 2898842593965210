import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors.js';
import { NEEDED_SCOPE, TOKEN_READS, type TokenReads } from '../../platform/http/access.js';
import { Logins } from './logins.service.js';
import type { Scope, TenantContext } from './scopes.js';
import { PUBLIC } from './tenant.decorator.js';

/** Every handler needs a key, or the session of one, with the right scope unless it is marked `@Public`. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly logins: Logins,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    const request = context
      .switchToHttp()
      .getRequest<FastifyRequest & { params: { id?: string }; tenant: TenantContext }>();
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets)) {
      this.logins.admit(request.ip);
      return true;
    }
    request.tenant = await this.logins.of(request);
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
