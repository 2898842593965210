import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * The JSON Web Token (RFC 7519) that a signed-in browser holds. There is one header and it is compared as text, so that no token chooses how it is
 * judged: neither `none` nor any other algorithm is ever looked at.
 */
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');
const TOKEN = /^[A-Za-z0-9_-]{20,60}\.[A-Za-z0-9_-]{40,600}\.[A-Za-z0-9_-]{43}$/;
const ISSUER = 'loopgpt';
const AUDIENCE = 'session';

const Claims = z.strictObject({
  iss: z.literal(ISSUER),
  aud: z.literal(AUDIENCE),
  /** The session. */
  sub: z.string(),
  tenant: z.string(),
  /** Unix seconds. */
  iat: z.int(),
  exp: z.int(),
});

export interface SessionClaims {
  sessionId: string;
  tenantId: string;
  /** Unix seconds. */
  issued: number;
  expires: number;
}

/** Makes and reads them, under keys of their own; those of a secret key before the last rotation are still read. Pure. */
export class SessionTokens {
  private readonly keys: readonly [current: Buffer, ...previous: Buffer[]];

  constructor(secretKey: Buffer, previousSecretKeys: readonly Buffer[] = []) {
    this.keys = [keyOf(secretKey), ...previousSecretKeys.map(keyOf)];
  }

  make({ sessionId, tenantId, issued, expires }: SessionClaims): string {
    const claims = { iss: ISSUER, aud: AUDIENCE, sub: sessionId, tenant: tenantId, iat: issued, exp: expires };
    const body = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    return `${body}.${macOf(this.keys[0], body).toString('base64url')}`;
  }

  /** The claims of a token that is ours and not expired at `nowSeconds`; null for anything else. */
  read(token: string, nowSeconds: number): SessionClaims | null {
    if (!TOKEN.test(token)) return null;
    const [header, payload, signature] = token.split('.') as [string, string, string];
    if (header !== HEADER) return null;
    const given = Buffer.from(signature, 'base64url');
    // Of the texts that decode to the same bytes only the canonical one is ours.
    if (given.toString('base64url') !== signature) return null;
    if (!this.keys.some((key) => timingSafeEqual(macOf(key, `${header}.${payload}`), given))) return null;
    const claims = Claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    if (!claims.success || claims.data.exp <= nowSeconds) return null;
    const { sub, tenant, iat, exp } = claims.data;
    return { sessionId: sub, tenantId: tenant, issued: iat, expires: exp };
  }
}

const keyOf = (secretKey: Buffer): Buffer => Buffer.from(hkdfSync('sha256', secretKey, '', 'loopgpt sessions v1', 32));

const macOf = (key: Buffer, body: string): Buffer => createHmac('sha256', key).update(body).digest();
