interface Loop {
  start(): void;
  stop(): Promise<void>;
}

/** What was measured last, again and again; null before the first time and after one that failed. */
export class Sampled<T> {
  latest: T | null = null;
  private readonly measuring: Loop;

  /** `loopOf` makes the loop that measures. */
  constructor(loopOf: (work: () => Promise<void>) => Loop, measure: () => Promise<T>) {
    this.measuring = loopOf(async () => {
      try {
        this.latest = await measure();
      } catch (error) {
        this.latest = null;
        throw error;
      }
    });
  }

  start(): void {
    this.measuring.start();
  }

  async stop(): Promise<void> {
    await this.measuring.stop();
  }
}
