import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../../common/canonical-json.js';

/**
 * Tokens that prove that we once said something, without keeping them: HMAC-SHA-256 over what was said, under a key derived from the
 * secret key for one purpose. What a secret key before the last rotation made is still known.
 */
export class Tokens {
  constructor(private readonly secretKeys: readonly [current: Buffer, ...previous: Buffer[]]) {}

  make(purpose: string, said: object): string {
    return macOf(this.secretKeys[0], purpose, said).toString('base64url');
  }

  /** Compares in constant time. */
  isFor(token: string, purpose: string, said: object): boolean {
    const given = Buffer.from(token, 'base64url');
    return this.secretKeys.some((secretKey) => {
      const made = macOf(secretKey, purpose, said);
      return given.length === made.length && timingSafeEqual(given, made);
    });
  }
}

function macOf(secretKey: Buffer, purpose: string, said: object): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', `loopgpt ${purpose} token v1`, 32));
  return createHmac('sha256', key).update(canonicalJson(said)).digest();
}
