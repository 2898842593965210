import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../../common/clock.js';
import { AppError } from '../../../common/errors.js';
import { newId } from '../../../common/ids.js';
import { Config } from '../../../config.js';
import { Tokens } from '../../../platform/crypto/tokens.js';
import type { TenantContext } from '../scopes.js';
import { SessionTokens } from './session-token.js';
import { SessionsRepository, type SessionRow } from './sessions.repository.js';

/** A session that ended elsewhere stops working here within this time, as a revoked key does. */
const CACHE_MS = 2500;
const CACHE_SIZE = 10_000;

/** What a browser that signs in, or stays, is given. */
export interface Granted {
  /** For the cookie alone. */
  token: string;
  tokenSeconds: number;
  tenantName: string;
  csrfToken: string;
  expiresAt: Date;
  endsAt: Date;
}

/**
 * People at a browser: an API key becomes a session, which may do what its key may and ends with it. What the browser holds lasts minutes and is
 * renewed; the session's row can be ended at once, and ends by itself after some hours.
 */
@Injectable()
export class SessionsService {
  private readonly cache = new Map<string, { row: SessionRow | null; until: number }>();
  private readonly tokens: SessionTokens;
  private readonly proofs: Tokens;

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly config: Config,
  ) {
    this.tokens = new SessionTokens(config.secretKey, config.previousSecretKeys);
    this.proofs = new Tokens([config.secretKey, ...config.previousSecretKeys]);
  }

  /** Begins a session of its own, whatever the browser held before. */
  async begin({ tenantId, keyId }: TenantContext): Promise<Granted> {
    const id = newId('ses');
    const hours = this.config.values.LOOPGPT_SESSION_HOURS;
    const { endsAt, tenantName } = await this.sessions.insert({ id, tenantId, keyId, hours });
    return this.grant({ id, tenantName, endsAt }, tenantId);
  }

  /** Whether a token is one that we made and that has not expired; nothing is looked up for it. */
  isOurs(token: string): boolean {
    return this.tokens.read(token, databaseNow() / 1000) !== null;
  }

  /** Who holds `token`. Throws `session_invalid`. */
  async authenticate(token: string): Promise<TenantContext> {
    const claims = this.tokens.read(token, databaseNow() / 1000);
    const row = claims && (await this.lookUp(claims.sessionId));
    if (!row || row.tenantId !== claims.tenantId) throw new AppError('session_invalid', 'session refused');
    const { tenantId, tenantName, keyId, scopes, id, endsAt } = row;
    const expiresAt = new Date(claims.expires * 1000);
    return { tenantId, keyId, scopes, session: { id, tenantName, expiresAt, endsAt } };
  }

  /** Throws `csrf_invalid` unless `proof` is what the session's own pages were given. */
  checkProof(sessionId: string, proof: string | undefined): void {
    if (!proof || !this.proofs.isFor(proof, 'csrf', { sessionId })) {
      throw new AppError('csrf_invalid', `session ${sessionId}`);
    }
  }

  proofOf(sessionId: string): string {
    return this.proofs.make('csrf', { sessionId });
  }

  /** For as long again, within the session's hours. */
  renew(tenant: TenantContext): Granted {
    return this.grant(sessionOf(tenant), tenant.tenantId);
  }

  async end(tenant: TenantContext): Promise<void> {
    const { id } = sessionOf(tenant);
    await this.sessions.end(id);
    this.cache.delete(id);
  }

  private grant(
    { id: sessionId, tenantName, endsAt }: Pick<SessionRow, 'id' | 'tenantName' | 'endsAt'>,
    tenantId: string,
  ): Granted {
    const now = databaseNow();
    const issued = Math.floor(now / 1000);
    const lasts = this.config.values.LOOPGPT_SESSION_SECONDS;
    const expires = Math.min(issued + lasts, Math.floor(endsAt.getTime() / 1000));
    const token = this.tokens.make({ sessionId, tenantId, issued, expires });
    const csrfToken = this.proofOf(sessionId);
    const expiresAt = new Date(expires * 1000);
    return { token, tokenSeconds: expires - issued, tenantName, csrfToken, expiresAt, endsAt };
  }

  private async lookUp(id: string): Promise<SessionRow | null> {
    const cached = this.cache.get(id);
    if (cached && cached.until > performance.now()) return cached.row;
    const row = await this.sessions.findUsable(id);
    if (this.cache.size >= CACHE_SIZE) this.cache.clear();
    this.cache.set(id, { row, until: performance.now() + CACHE_MS });
    return row;
  }
}

/** Throws `session_missing` for who came with a key. */
export function sessionOf({ keyId, session }: TenantContext): NonNullable<TenantContext['session']> {
  if (!session) throw new AppError('session_missing', `key ${keyId}`);
  return session;
}
