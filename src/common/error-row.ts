/** By code: HTTP status, public sentence (which says what to do next), whether the same request may succeed later. */
export type ErrorRows = Record<string, readonly [status: number, sentence: string, retryable: boolean]>;
