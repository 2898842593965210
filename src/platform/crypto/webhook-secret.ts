import { z } from 'zod';

export const SECRET_PREFIX = 'whsec_';
const MIN_BYTES = 24;
const MAX_BYTES = 64;

/** The key inside `whsec_…`, or null when the text is not a secret of 24 to 64 bytes in canonical base64. */
export function secretBytes(secret: string): Buffer | null {
  if (!secret.startsWith(SECRET_PREFIX)) return null;
  const encoded = secret.slice(SECRET_PREFIX.length);
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded) return null;
  return bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES ? bytes : null;
}

/** A caller's own secret, at whichever door: one that is accepted is one that signs. */
export const WebhookSecret = z
  .string()
  .max(100)
  .refine((secret) => secretBytes(secret) !== null, 'whsec_ and 24 to 64 random bytes in base64, padded as usual');
