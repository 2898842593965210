import { SetMetadata, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Scope, TenantContext } from './scopes.js';

export const NEEDED_SCOPE = 'loopgpt:scope';
export const TOKEN_READS = 'loopgpt:token-reads';
export const PUBLIC = 'loopgpt:public';

/** The tenant that asks, as the API key told. */
export const Tenant = createParamDecorator((_: unknown, context: ExecutionContext): TenantContext => {
  return context.switchToHttp().getRequest<{ tenant: TenantContext }>().tenant;
});

/** The scope a key needs for this handler. */
export const Scopes = (scope: Scope) => SetMetadata(NEEDED_SCOPE, scope);

/** A browser token will do, too: of the thing named by `id` in the path, or of what the handler itself looks at. */
export const ReadsByToken = (what: TokenReads = 'id') => SetMetadata(TOKEN_READS, what);
export type TokenReads = 'id' | 'handler';

/** No key needed: health, metrics, documents. */
export const Public = () => SetMetadata(PUBLIC, true);
