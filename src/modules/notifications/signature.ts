import { createHmac, randomBytes } from 'node:crypto';
import { assert } from '../../common/assert.js';

/**
 * Standard Webhooks 1.0, symmetric: HMAC-SHA256 over `{id}.{timestamp}.{body}` under each secret
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 */
const PREFIX = 'whsec_';
const NEW_SECRET_BYTES = 32;
const MIN_SECRET_BYTES = 24;
const MAX_SECRET_BYTES = 64;

export function newSecret(): string {
  return PREFIX + randomBytes(NEW_SECRET_BYTES).toString('base64');
}

/** The key inside `whsec_…`, or null when the text is not a secret of 24 to 64 bytes in canonical base64. */
export function secretBytes(secret: string): Buffer | null {
  if (!secret.startsWith(PREFIX)) return null;
  const encoded = secret.slice(PREFIX.length);
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded) return null;
  return bytes.length >= MIN_SECRET_BYTES && bytes.length <= MAX_SECRET_BYTES ? bytes : null;
}

/**
 * The `webhook-signature` header: one `v1` signature per secret, so that a receiver with either the old or the new secret verifies
 * during a rotation. `body` is the very bytes that go on the wire, never a re-serialised copy.
 */
export function sign(body: Buffer, id: string, timestampSeconds: number, secrets: readonly string[]): string {
  // A dot in the id would let one signed content be read as another id, timestamp and body.
  assert(!id.includes('.'), 'webhook ids hold no dot');
  assert(secrets.length > 0, 'a webhook is signed with at least one secret');
  return secrets
    .map((secret) => {
      const key = secretBytes(secret);
      assert(key, 'a stored webhook secret is well formed');
      return `v1,${createHmac('sha256', key).update(`${id}.${timestampSeconds}.`).update(body).digest('base64')}`;
    })
    .join(' ');
}
