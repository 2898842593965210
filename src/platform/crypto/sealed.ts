import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** First byte of everything sealed, so that the layout can change without guessing. */
const FORMAT = 1;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES;

/** Thrown when sealed bytes cannot be opened; says why without repeating them. */
export class SealError extends Error {}

interface SealingKey {
  id: Buffer;
  key: Buffer;
}

/**
 * Small secrets at rest: AES-256-GCM under a key derived from the application's secret key. The bytes carry the id of their key,
 * so the key can be rotated while what was sealed under the previous one still opens. The context (a row's own name) is
 * authenticated too: a ciphertext copied to another row does not open there.
 *
 * Layout: format (1) | key id (4) | nonce (12) | ciphertext | tag (16).
 */
export class Sealer {
  private readonly current: SealingKey;
  private readonly keys: readonly SealingKey[];

  constructor(secretKey: Buffer, previousSecretKeys: readonly Buffer[] = []) {
    this.current = sealingKey(secretKey);
    this.keys = [this.current, ...previousSecretKeys.map(sealingKey)];
  }

  seal(plain: string | Uint8Array, context: string): Buffer {
    const bytes = typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain;
    const nonce = randomBytes(NONCE_BYTES);
    const header = Buffer.concat([Buffer.from([FORMAT]), this.current.id, nonce]);
    const cipher = createCipheriv('aes-256-gcm', this.current.key, nonce);
    cipher.setAAD(additionalData(header, context));
    return Buffer.concat([header, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }

  /** As `seal`, in base64 for a JSON column. */
  sealText(text: string, context = ''): string {
    return this.seal(text, context).toString('base64');
  }

  openText(sealed: string, context = ''): string {
    return this.open(Buffer.from(sealed, 'base64'), context);
  }

  /** Whether the key that sealed these bytes is at hand. */
  knows(sealed: Buffer): boolean {
    return sealed[0] === FORMAT && this.keyOf(sealed) !== undefined;
  }

  private keyOf(sealed: Buffer): SealingKey | undefined {
    const id = sealed.subarray(1, 1 + KEY_ID_BYTES);
    return this.keys.find((key) => key.id.equals(id));
  }

  /** Throws SealError when the bytes were altered, belong to another context, or their key is not known here. */
  open(sealed: Buffer, context: string): string {
    return this.openBytes(sealed, context).toString('utf8');
  }

  /** As `open`, for what is no text. */
  openBytes(sealed: Buffer, context: string): Buffer {
    if (sealed.length < HEADER_BYTES + TAG_BYTES || sealed[0] !== FORMAT)
      throw new SealError('not sealed by this layout');
    const header = sealed.subarray(0, HEADER_BYTES);
    const sealing = this.keyOf(sealed);
    if (!sealing)
      throw new SealError(`sealed under an unknown key ${sealed.subarray(1, 1 + KEY_ID_BYTES).toString('hex')}`);
    const decipher = createDecipheriv('aes-256-gcm', sealing.key, header.subarray(1 + KEY_ID_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(additionalData(header, context));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES, -TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new SealError(`altered, or sealed for another context than ${context}`, { cause });
    }
  }
}

/** Derived, because the same secret key also makes the database passwords: one leaked use must not give the other. */
function sealingKey(secretKey: Buffer): SealingKey {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'loopgpt sealed secrets v1', 32));
  return { key, id: createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES) };
}

function additionalData(header: Buffer, context: string): Buffer {
  return Buffer.concat([header, Buffer.from(context, 'utf8')]);
}
