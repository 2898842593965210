/** Longest that work holds the event loop at once. */
const HOLD_MS = 10;

/** Lets others have their turn during long work on the main thread: `take` is called often, and waits only when it is time. */
export class Breath {
  private since = performance.now();

  constructor(private readonly signal?: AbortSignal) {}

  /** Throws the signal's reason once it is aborted. */
  async take(): Promise<void> {
    if (performance.now() - this.since < HOLD_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.signal?.throwIfAborted();
    this.since = performance.now();
  }
}
