/**
 * A point on this process's monotonic clock. Built from "ms left" as the database said it, so that no two hosts' clocks are ever
 * compared.
 */
export class Deadline {
  private constructor(private readonly at: number) {}

  static in(ms: number): Deadline {
    return new Deadline(performance.now() + ms);
  }

  /** Milliseconds left, never negative. */
  remainingMs(): number {
    return Math.max(0, this.at - performance.now());
  }

  get passed(): boolean {
    return this.remainingMs() === 0;
  }

  /** The earlier of this deadline and `ms` from now. */
  within(ms: number): Deadline {
    return new Deadline(Math.min(this.at, performance.now() + ms));
  }

  /** A signal that aborts at the deadline, or earlier when `parent` does. */
  signal(parent?: AbortSignal): AbortSignal {
    const own = AbortSignal.timeout(Math.ceil(this.remainingMs()));
    return parent ? AbortSignal.any([own, parent]) : own;
  }
}
