/**
 * Runs `work` again and again, never twice at once: at once when woken, at once again while it answers true ("there may be more"),
 * otherwise after `idleMs`. An error is reported and the loop goes on.
 */
export class Repeating {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = true;

  constructor(
    private readonly work: () => Promise<boolean | void>,
    private readonly idleMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.stopped = false;
    this.wake();
  }

  /** Run now; if it is running, run once more right after. */
  wake(): void {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    this.running = this.run();
  }

  /** Resolves when the current round is over; no further one starts. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    do {
      this.again = false;
      try {
        if ((await this.work()) === true) this.again = true;
      } catch (error) {
        this.onError(error);
        this.again = false;
      }
    } while (this.again && !this.stopped);
    this.running = null;
    if (!this.stopped) this.timer = setTimeout(() => this.wake(), this.idleMs);
  }
}
