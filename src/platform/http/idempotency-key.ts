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
