import type { CreateKey, KeyList } from '../../../../sdk/client.js';

export type Scope = CreateKey['scopes'][number];

/** What keys may do, in the order in which it is asked; a scope that is left out fails the types. */
const MEANT: Readonly<Record<Scope, 'tenant' | 'operators'>> = {
  'routes:read': 'tenant',
  'routes:write': 'tenant',
  'plans:read': 'tenant',
  'plans:write': 'tenant',
  'carts:read': 'tenant',
  'carts:write': 'tenant',
  'imports:read': 'tenant',
  'imports:write': 'tenant',
  'webhooks:read': 'tenant',
  'webhooks:write': 'tenant',
  'admin:read': 'operators',
  admin: 'operators',
};

const scopesFor = (who: 'tenant' | 'operators'): readonly Scope[] =>
  (Object.keys(MEANT) as Scope[]).filter((scope) => MEANT[scope] === who);

export const OF_TENANTS = scopesFor('tenant');
export const OF_OPERATORS = scopesFor('operators');

type Life = Pick<KeyList['data'][number], 'expiresAt' | 'revokedAt'>;

export function stateOf({ expiresAt, revokedAt }: Life, now: number): 'usable' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'usable';
}
