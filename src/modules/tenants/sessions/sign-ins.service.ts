import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../common/errors.js';
import { Config } from '../../../config.js';
import { TOKEN_PREFIX } from '../browser-token.js';
import { Logins } from '../logins.service.js';
import type { TenantContext } from '../scopes.js';
import { cookieName, cookieText, isFromHere } from './session-cookie.js';
import type { Session } from './sessions.dto.js';
import { SessionsService, sessionOf, type Granted } from './sessions.service.js';

/** A person's way in and out: keys that are shown here are judged, and counted where they are wrong, as at any other door. */
@Injectable()
export class SignInsService {
  constructor(
    private readonly logins: Logins,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {}

  /** Throws `session_cross_site`, `api_key_invalid` and `logins_limited`. */
  async signIn(apiKey: string, request: FastifyRequest, reply: FastifyReply): Promise<Session> {
    if (!isFromHere(request, this.config.production)) throw new AppError('session_cross_site', 'sign-in');
    // A token of one subject is no key, and would become more than it is.
    if (apiKey.startsWith(TOKEN_PREFIX)) throw new AppError('api_key_invalid', 'browser token');
    const tenant = await this.logins.login(request.ip, apiKey);
    return this.give(tenant, await this.sessions.begin(tenant), request, reply);
  }

  /** Throws `session_missing`. */
  present(tenant: TenantContext): Session {
    const session = sessionOf(tenant);
    return shown(tenant, { ...session, csrfToken: this.sessions.proofOf(session.id) });
  }

  renew(tenant: TenantContext, request: FastifyRequest, reply: FastifyReply): Session {
    return this.give(tenant, this.sessions.renew(tenant), request, reply);
  }

  async signOut(tenant: TenantContext, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.sessions.end(tenant);
    reply.header('Set-Cookie', cookieText(cookieName(request, this.config.production), '', 0));
  }

  private give(tenant: TenantContext, granted: Granted, request: FastifyRequest, reply: FastifyReply): Session {
    const name = cookieName(request, this.config.production);
    reply.header('Set-Cookie', cookieText(name, granted.token, granted.tokenSeconds));
    return shown(tenant, granted);
  }
}

const shown = (
  { tenantId, keyId, scopes }: TenantContext,
  { tenantName, csrfToken, expiresAt, endsAt }: Omit<Granted, 'token' | 'tokenSeconds'>,
): Session => ({
  tenantId,
  tenantName,
  keyId,
  scopes: [...scopes],
  csrfToken,
  expiresAt: expiresAt.toISOString(),
  endsAt: endsAt.toISOString(),
});
