import { SetMetadata, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { NeedsScope } from '../../platform/http/access.js';
import type { Scope, TenantContext } from './scopes.js';

export const PUBLIC = 'loopgpt:public';

/** The tenant that asks, as the API key told. */
export const Tenant = createParamDecorator((_: unknown, context: ExecutionContext): TenantContext => {
  return context.switchToHttp().getRequest<{ tenant: TenantContext }>().tenant;
});

/** The scope a key needs for this handler; of several, one will do. */
export const Scopes = (...scopes: Scope[]) => NeedsScope(...scopes);

/** Any of these lets operators look at things. */
const OPERATORS: readonly Scope[] = ['admin', 'admin:read'];

/** What operators look at and change nothing by. */
export const OperatorsRead = () => Scopes(...OPERATORS);
export const mayOperatorsRead = ({ scopes }: Pick<TenantContext, 'scopes'>): boolean =>
  OPERATORS.some((one) => scopes.includes(one));

/** No key needed: health, metrics, documents. */
export const Public = () => SetMetadata(PUBLIC, true);
