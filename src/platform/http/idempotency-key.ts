import { AppError } from '../../common/errors.js';

/** The key of a request that may be sent twice. Throws `idempotency_key_missing` or `idempotency_key_invalid`. */
export function idempotencyKeyOf(header: string | string[] | undefined, isRequired: boolean): string | undefined {
  if (header === undefined) {
    if (isRequired) throw new AppError('idempotency_key_missing', 'no Idempotency-Key');
    return undefined;
  }
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(header)) {
    throw new AppError('idempotency_key_invalid', 'bad Idempotency-Key');
  }
  return header;
}

/** What a key was used for. */
export interface Stored {
  subject: string;
  /** Of the body, in hex. */
  fingerprint: string;
}

export const inFlight = (what: string): AppError =>
  new AppError('idempotency_in_flight', what, { retryAfterSeconds: 1 });

/** Throws `idempotency_reused` when the key came with another body. */
export function subjectOf({ subject, fingerprint }: Stored, own: string): string {
  if (fingerprint !== own) throw new AppError('idempotency_reused', `first used for ${subject}`);
  return subject;
}
