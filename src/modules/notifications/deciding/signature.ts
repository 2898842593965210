import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign as signWith,
  type KeyObject,
} from 'node:crypto';
import { assert } from '../../../common/assert.js';
import { SECRET_PREFIX, secretBytes } from '../../../platform/crypto/webhook-secret.js';

/**
 * Standard Webhooks 1.0: a signature over `{id}.{timestamp}.{body}` under each key, HMAC-SHA256 (`v1`, a secret that both sides know) or
 * ed25519 (`v1a`, of which the receiver has the public half only)
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 */
export const SIGNATURES = ['v1', 'v1a'] as const;
export type Signature = (typeof SIGNATURES)[number];

const PRIVATE_PREFIX = 'whsk_';
const PUBLIC_PREFIX = 'whpk_';
/** PKCS #8 around the 32 bytes of an ed25519 private key (RFC 8410, section 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const ED25519_BYTES = 32;
const NEW_SECRET_BYTES = 32;

/** What signs: `whsec_…`, or the private key `whsk_…`, which nobody is ever shown. */
export function newSecret(signature: Signature = 'v1'): string {
  const prefix = signature === 'v1' ? SECRET_PREFIX : PRIVATE_PREFIX;
  return prefix + randomBytes(NEW_SECRET_BYTES).toString('base64');
}

/** The half of a private key that verifies, as `whpk_…`; null for a shared secret, which has no such half. */
export function publicKeyOf(secret: string): string | null {
  const key = privateKeyOf(secret);
  if (key === null) return null;
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return PUBLIC_PREFIX + spki.subarray(-ED25519_BYTES).toString('base64');
}

function privateKeyOf(secret: string): KeyObject | null {
  if (!secret.startsWith(PRIVATE_PREFIX)) return null;
  const seed = Buffer.from(secret.slice(PRIVATE_PREFIX.length), 'base64');
  return createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: 'der', type: 'pkcs8' });
}

/**
 * The `webhook-signature` header: one signature per secret, so that a receiver with either the old or the new secret verifies
 * during a rotation. `body` is the very bytes that go on the wire, never a re-serialised copy.
 */
export function sign(body: Buffer, id: string, timestampSeconds: number, secrets: readonly string[]): string {
  // A dot in the id would let one signed content be read as another id, timestamp and body.
  assert(!id.includes('.'), 'webhook ids hold no dot');
  assert(secrets.length > 0, 'a webhook is signed with at least one secret');
  return secrets
    .map((secret) => {
      const signingKey = privateKeyOf(secret);
      if (signingKey !== null) {
        const signed = Buffer.concat([Buffer.from(`${id}.${timestampSeconds}.`), body]);
        return `v1a,${signWith(null, signed, signingKey).toString('base64')}`;
      }
      const key = secretBytes(secret);
      assert(key, 'a stored webhook secret is well formed');
      return `v1,${createHmac('sha256', key).update(`${id}.${timestampSeconds}.`).update(body).digest('base64')}`;
    })
    .join(' ');
}
