import {
  createHash,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import type { Config } from '../../config.js';

/** A public key as `/.well-known/jwks.json` shows it (RFC 8037); `kid` is its thumbprint (RFC 7638). */
export interface PublicKey {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
  use: 'sig';
  alg: 'EdDSA';
}

/** What an ed25519 key of 32 bytes begins with in PKCS#8 (RFC 8410 §7). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Stands in the configuration for the keys derived from the secret keys. */
export const DERIVED = 'derived';

/**
 * Signs texts that others verify without us: ed25519 as a JWS with detached content (RFC 7515 appendix F). The first key signs; the
 * others are only published, so that what they signed is still verified.
 */
export class Signer {
  private readonly keys: readonly { key: KeyObject; shown: PublicKey }[];

  constructor(seeds: readonly Buffer[]) {
    this.keys = seeds.map((seed) => {
      const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
      return { key, shown: shownKey(key) };
    });
  }

  static forConfig({ values, secretKey, previousSecretKeys }: Config): Signer {
    const seeds = values.LOOPGPT_SIGNING_KEYS.flatMap((text) =>
      text === DERIVED ? [secretKey, ...previousSecretKeys].map(derivedSeed) : [Buffer.from(text, 'base64')],
    );
    return new Signer(seeds);
  }

  get publicKeys(): readonly PublicKey[] {
    return this.keys.map(({ shown }) => shown);
  }

  sign(text: string): string {
    const [{ key, shown }] = this.keys as [(typeof this.keys)[number]];
    const header = Buffer.from(JSON.stringify({ alg: shown.alg, kid: shown.kid })).toString('base64url');
    return `${header}..${sign(null, signingInput(header, text), key).toString('base64url')}`;
  }
}

/** Null when one of `keys` signed exactly `text`, otherwise why not. */
export function signatureFault(text: string, signature: string, keys: readonly JsonWebKey[]): string | null {
  const [header = '', content, value = '', ...more] = signature.split('.');
  if (content !== '' || more.length > 0) return 'the signature is no JWS with detached content';
  let named: { alg?: unknown; kid?: unknown };
  try {
    named = JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as typeof named;
  } catch {
    return 'the header of the signature is not JSON';
  }
  if (named?.alg !== 'EdDSA') return 'the signature is not by EdDSA';
  const jwk = keys.find(({ kid, kty, crv }) => kid === named.kid && kty === 'OKP' && crv === 'Ed25519');
  if (!jwk) return `none of the keys is ${String(named.kid)}, which signed it`;
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return verify(null, signingInput(header, text), key, Buffer.from(value, 'base64url'))
    ? null
    : 'the signature is not that of this content';
}

const signingInput = (header: string, text: string): Buffer =>
  Buffer.from(`${header}.${Buffer.from(text, 'utf8').toString('base64url')}`);

/** Derived, so that an installation can sign before anyone has thought of a key for it. */
const derivedSeed = (secretKey: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', secretKey, '', 'loopgpt signing key v1', 32));

function shownKey(key: KeyObject): PublicKey {
  const { x } = createPublicKey(key).export({ format: 'jwk' }) as { x: string };
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' };
}
