/** A failure whose message is the one sentence for the person at the terminal. */
export class PlainError extends Error {}
