import { ERRORS, type ErrorCode } from '../errors.js';

export interface FieldError {
  /** JSON Pointer (RFC 6901) into the body, or the name of a header or query parameter. */
  pointer: string;
  detail: string;
}

/** A coded fault: `code` is public and stable; `message` is for the log and never leaves the process. */
export class AppError extends Error {
  readonly status: number;
  readonly sentence: string;
  readonly retryable: boolean;

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
    [this.status, this.sentence, this.retryable] = ERRORS[code];
  }
}
