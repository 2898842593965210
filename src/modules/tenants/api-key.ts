import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Stands for the key of who needs none, outside production. */
export const NO_KEY = 'none';

/**
 * API keys after GitHub's pattern: a recognisable prefix, a public id to look up by, 32 random bytes and a checksum, so that a
 * scanner knows a leaked key offline and a mistyped one never reaches the database.
 * `lgc_live_<id 12>_<secret 43>_<crc 6>`; only SHA-256 of the secret is stored (256 bits of entropy need no slow hash).
 */
const KEY = /^lgc_(live|dev)_([a-z2-7]{12})_([A-Za-z0-9_-]{43})_([0-9a-z]{6})$/;

export interface ApiKey {
  id: string;
  secret: string;
}

/** The text the caller keeps; shown once. */
export function formatApiKey(kind: 'live' | 'dev', key: ApiKey): string {
  const body = `lgc_${kind}_${key.id}_${key.secret}`;
  return `${body}_${checksum(body)}`;
}

export function newApiKey(): ApiKey {
  return { id: base32(randomBytes(8)).slice(0, 12), secret: randomBytes(32).toString('base64url') };
}

/** Kind, id and secret of a well-formed key, or null when the form or the checksum is wrong. */
export function parseApiKey(text: string): (ApiKey & { kind: 'live' | 'dev' }) | null {
  const match = KEY.exec(text);
  if (!match) return null;
  const [, kind, id, secret, sum] = match;
  return checksum(text.slice(0, -7)) === sum ? { kind: kind as 'live' | 'dev', id: id!, secret: secret! } : null;
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares in constant time. */
export function secretMatches(secret: string, hash: Buffer): boolean {
  return timingSafeEqual(hashSecret(secret), hash);
}

function checksum(body: string): string {
  return crc32(body).toString(36).padStart(6, '0').slice(-6);
}

function base32(bytes: Buffer): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let index = 0; index < 13; index++, bits >>= 5n) text += alphabet[Number(bits & 31n)];
  return text;
}
