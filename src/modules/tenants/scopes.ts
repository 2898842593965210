import { kinds, type KindScope } from '../../operations/catalogue.js';

const OTHERS = ['webhooks:read', 'webhooks:write'] as const;
const OF_OPERATORS = ['admin:read', 'admin'] as const;
export type Scope = KindScope | (typeof OTHERS)[number] | (typeof OF_OPERATORS)[number];

/** What a key may do with what its own tenant has; a key that is made without naming any may do all of it. */
export const TENANT_SCOPES: readonly Scope[] = [...kinds().flatMap(({ read, write }) => [read, write]), ...OTHERS];

/** All there are. `admin` is for operators and includes nothing else by itself, `admin:read` for those of them who only look: both see all tenants. */
export const SCOPES: readonly Scope[] = [...TENANT_SCOPES, ...OF_OPERATORS];

/** Who is asking; put on the request by the guard. */
export interface TenantContext {
  tenantId: string;
  keyId: string;
  scopes: readonly Scope[];
  /** Set for a browser token: the one thing it may read, and how long it still may. */
  only?: { subject: string; lifeMs: number };
  /** Set for who is signed in at a browser: what the browser holds lasts until `expiresAt`, and is renewed until `endsAt`. */
  session?: { id: string; tenantName: string; expiresAt: Date; endsAt: Date };
}
