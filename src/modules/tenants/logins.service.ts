import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppError } from '../../common/errors.js';
import { Config } from '../../config.js';
import { ERRORS } from '../../errors.js';
import { AddressWindow } from './address-window.js';
import { FailedLogins } from './failed-logins.service.js';
import { TOKEN_PREFIX } from './browser-token.js';
import type { TenantContext } from './scopes.js';
import { cookieName, isFromHere, readCookie } from './sessions/session-cookie.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TenantsService } from './tenants.service.js';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets callers in, and bounds by address those who are nobody yet: before anything is looked up for them. */
@Injectable()
export class Logins {
  private readonly keyless: AddressWindow;

  constructor(
    private readonly tenants: TenantsService,
    private readonly failures: FailedLogins,
    private readonly sessions: SessionsService,
    private readonly config: Config,
  ) {
    this.keyless = new AddressWindow(config.values.LOOPGPT_KEYLESS_PER_MINUTE);
  }

  /** A request that needs no key. Throws `keyless_limited`. */
  admit(address: string): void {
    const now = performance.now();
    const retryAfterSeconds = this.keyless.refusedFor(address, now);
    if (retryAfterSeconds > 0) throw new AppError('keyless_limited', `address ${address}`, { retryAfterSeconds });
    this.keyless.add(address, now);
  }

  /**
   * Who asks: by key or browser token, or else by a session's cookie. Throws what `login` does, and `session_invalid`, `session_cross_site` and
   * `csrf_invalid`.
   */
  async of(request: FastifyRequest): Promise<TenantContext> {
    const key = presentedKey(request);
    const cookie = key ? null : readCookie(request.headers.cookie, cookieName(request, this.config.production));
    return cookie === null ? this.login(request.ip, key) : this.resume(request, cookie);
  }

  /**
   * Who presents `key`. An address that fails again and again is refused before anything is looked up for it; who has shown a good key
   * meanwhile is not.
   */
  async login(address: string, key: string | undefined): Promise<TenantContext> {
    if (!this.tenants.knows(key)) {
      if (key) this.failures.check(address);
      else this.admit(address);
    }
    try {
      return await this.tenants.authenticate(key);
    } catch (error) {
      if (error instanceof AppError && ERRORS[error.code][0] === 401 && key) this.failures.failed(address, 'api');
      throw error;
    }
  }

  /** By what a browser sends of itself, wherever the page is that makes it ask: so that has to be ours, and to prove it for changes. */
  private async resume(request: FastifyRequest, token: string): Promise<TenantContext> {
    if (!isFromHere(request, this.config.production))
      throw new AppError('session_cross_site', 'session of another page');
    if (!this.sessions.isOurs(token)) this.admit(request.ip);
    const tenant = await this.sessions.authenticate(token);
    if (!READING.has(request.method)) {
      this.sessions.checkProof(tenant.session!.id, request.headers['x-csrf-token'] as string | undefined);
    }
    return tenant;
  }
}

/**
 * `Authorization: Bearer <key>`, the seed's `apikey` header, `?token=`, for a browser's EventSource sends no headers, or a subprotocol,
 * for its WebSocket sends no others.
 */
function presentedKey({ headers, query }: Pick<FastifyRequest, 'headers' | 'query'>): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const { token } = (query ?? {}) as { token?: unknown };
  const ofQuery = token === undefined ? undefined : `${TOKEN_PREFIX}${String(token).replace(TOKEN_PREFIX, '')}`;
  const offered = /(?:^|[,\s])(lg[ct]_[^,\s]+)/.exec(headers['sec-websocket-protocol'] ?? '')?.[1];
  return bearer ?? (headers.apikey as string | undefined) ?? ofQuery ?? offered;
}
