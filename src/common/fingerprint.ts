import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** What tells whether two bodies say the same, in whatever order their members come: SHA-256 over the canonical JSON, in hex. */
export function fingerprintOf(body: unknown): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex');
}
