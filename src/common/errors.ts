import type { ErrorCode } from '../errors.js';

export interface FieldError {
  /** JSON Pointer (RFC 6901) into the body, or the name of a header or query parameter. */
  pointer: string;
  detail: string;
}

/**
 * A coded fault: `code` is public and stable, and whoever answers looks up in src/errors.ts what it means; `message` is for the log and never
 * leaves the process.
 */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly extra: {
      errors?: readonly FieldError[];
      /** What holds now instead, for a program to go on with. */
      present?: Readonly<Record<string, unknown>>;
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: extra.cause });
  }
}
