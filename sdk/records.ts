import type { SignedDecisionRecord } from './types.js';

/** A public key as `/.well-known/jwks.json` shows it. */
export interface PublicKey {
  kty: string;
  crv: string;
  x: string;
  kid: string;
}

/**
 * What in a decision record does not hold, one code each; none when one of `keys` signed exactly it and no answer was changed, left out, added or
 * moved. Whether deciding again gives its outcome is for `npm run verify`. Needs WebCrypto with Ed25519, which pages have over https alone.
 */
export async function recordFaults(
  { record, signature }: SignedDecisionRecord,
  keys: readonly PublicKey[],
): Promise<('signature' | 'answer_changed' | 'answer_moved' | 'answer_missing')[]> {
  const isSigned = await isSignedBy(canonical(record), signature, keys);
  let before = await hashOf(canonical(record.policy));
  const faults: Awaited<ReturnType<typeof recordFaults>> = isSigned ? [] : ['signature'];
  for (const { sha256, link, answer } of record.answers) {
    if (sha256 !== (await hashOf(canonical(answer)))) faults.push('answer_changed');
    if (link !== (await hashOf(before + sha256))) faults.push('answer_moved');
    before = link;
  }
  return before === record.head ? faults : [...faults, 'answer_missing'];
}

/** A JWS with detached content (RFC 7515 appendix F) by EdDSA. */
async function isSignedBy(text: string, signature: string, keys: readonly PublicKey[]): Promise<boolean> {
  const [header, content, value, ...more] = signature.split('.');
  if (!header || content !== '' || !value || more.length > 0) return false;
  const named = JSON.parse(new TextDecoder().decode(bytesOf(header))) as { alg?: string; kid?: string };
  const jwk = keys.find(({ kid, kty, crv }) => kid === named.kid && kty === 'OKP' && crv === 'Ed25519');
  if (named.alg !== 'EdDSA' || !jwk) return false;
  const { kty, crv, x } = jwk;
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x }, { name: 'Ed25519' }, false, ['verify']);
  const input = new TextEncoder().encode(`${header}.${base64Of(new TextEncoder().encode(text))}`);
  return crypto.subtle.verify('Ed25519', key, bytesOf(value), input);
}

/** JSON by RFC 8785: members sorted by the UTF-16 code units of their names, without spaces. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
