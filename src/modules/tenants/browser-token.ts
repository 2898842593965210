import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Scope } from './scopes.js';

/**
 * A token that a browser may hold: it reads one subject for a quarter of an hour and nothing else. It is signed and not stored, so it
 * cannot be called back; the form is `lgt_<claims>.<HMAC-SHA256>`, both in base64url.
 */
const TOKEN = /^lgt_([A-Za-z0-9_-]{20,1000})\.([A-Za-z0-9_-]{43})$/;
export const TOKEN_PREFIX = 'lgt_';
export const TOKEN_SECONDS = 15 * 60;

const Claims = z.object({
  tenantId: z.string(),
  /** The key it was made with, whose bounds it shares. */
  keyId: z.string(),
  subject: z.string(),
  scope: z.string(),
  /** Unix seconds. */
  expires: z.int(),
});

export interface TokenClaims extends z.infer<typeof Claims> {
  scope: Scope;
}

/** Makes and reads tokens. A key of its own is derived, because the same secret key also seals and makes passwords. */
export class BrowserTokens {
  private readonly keys: readonly [Buffer, ...Buffer[]];

  constructor(secretKey: Buffer, previousSecretKeys: readonly Buffer[] = []) {
    this.keys = [tokenKey(secretKey), ...previousSecretKeys.map(tokenKey)];
  }

  make(claims: TokenClaims): string {
    const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
    return `${TOKEN_PREFIX}${text}.${mac(this.keys[0], text).toString('base64url')}`;
  }

  /** The claims of a token that is ours and not expired at `nowSeconds`; null for anything else. */
  read(token: string, nowSeconds: number): TokenClaims | null {
    const [, text, signature] = TOKEN.exec(token) ?? [];
    if (!text || !signature) return null;
    const given = Buffer.from(signature, 'base64url');
    if (given.toString('base64url') !== signature) return null;
    if (!this.keys.some((key) => timingSafeEqual(mac(key, text), given))) return null;
    const claims = Claims.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))) as TokenClaims;
    return claims.expires > nowSeconds ? claims : null;
  }
}

function mac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function tokenKey(secretKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', 'loopgpt browser tokens v1', 32));
}
