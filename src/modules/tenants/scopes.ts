import { kinds, type KindScope } from '../../operations/catalogue.js';

const OTHERS = ['webhooks:read', 'webhooks:write', 'admin:read', 'admin'] as const;
export type Scope = KindScope | (typeof OTHERS)[number];

/** What a key may do. `admin` is for operators and includes nothing else by itself, `admin:read` for those of them who only look. */
export const SCOPES: readonly Scope[] = [...kinds().flatMap(({ read, write }) => [read, write]), ...OTHERS];

/** Who is asking; put on the request by the guard. */
export interface TenantContext {
  tenantId: string;
  keyId: string;
  scopes: readonly Scope[];
  /** Set for a browser token: the one thing it may read, and how long it still may. */
  only?: { subject: string; lifeMs: number };
  /** Set for who is signed in at a browser: what the browser holds lasts until `expiresAt`, and is renewed until `endsAt`. */
  session?: { id: string; expiresAt: Date; endsAt: Date };
}
