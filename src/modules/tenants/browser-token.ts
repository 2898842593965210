import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { SealError, Sealer } from '../../platform/crypto/sealed.js';
import type { Scope } from './scopes.js';

/**
 * A token that a browser may hold: it reads one subject for a quarter of an hour and nothing else. It is not stored, and ends with the key
 * it was made with. What it says is sealed: whoever holds it learns neither tenant nor key. The form is `lgt_<sealed>` in base64url.
 */
const TOKEN = /^lgt_([A-Za-z0-9_-]{80,1000})$/;
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

const CONTEXT = 'browser token';

/** Makes and reads tokens. A key of its own is derived, because the same secret key also seals what is stored and makes passwords. */
export class BrowserTokens {
  private readonly sealer: Sealer;

  constructor(secretKey: Buffer, previousSecretKeys: readonly Buffer[] = []) {
    this.sealer = new Sealer(tokenKey(secretKey), previousSecretKeys.map(tokenKey));
  }

  make(claims: TokenClaims): string {
    return TOKEN_PREFIX + this.sealer.seal(JSON.stringify(claims), CONTEXT).toString('base64url');
  }

  /** The claims of a token that is ours and not expired at `nowSeconds`; null for anything else. */
  read(token: string, nowSeconds: number): TokenClaims | null {
    const text = TOKEN.exec(token)?.[1];
    const sealed = Buffer.from(text ?? '', 'base64url');
    if (!text || sealed.toString('base64url') !== text) return null;
    try {
      const claims = Claims.parse(JSON.parse(this.sealer.open(sealed, CONTEXT))) as TokenClaims;
      return claims.expires > nowSeconds ? claims : null;
    } catch (error) {
      if (error instanceof SealError) return null;
      throw error;
    }
  }
}

function tokenKey(secretKey: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, '', 'loopgpt browser tokens v1', 32));
}
