import { AppError } from '../../../common/errors.js';
import { tellers } from '../../../operations/catalogue.js';
import type { TenantContext } from '../../tenants/scopes.js';

/**
 * Throws `scope_missing` when the key may not read all that an endpoint of these events (null: all there are) is sent: whoever names
 * where bodies go reads them.
 */
export function mayBeTold({ keyId, scopes }: TenantContext, events: readonly string[] | null): void {
  const told = tellers().filter(({ webhooks }) => !events || webhooks.some((name) => events.includes(name)));
  const missing = [...new Set(told.map(({ read }) => read))].filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return;
  throw new AppError('scope_missing', `key ${keyId} lacks ${missing.join(', ')}`, {
    errors: [{ pointer: '/events', detail: `needs the scope ${missing.join(' and ')}` }],
  });
}
