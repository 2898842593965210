import { Repeating } from './repeating.js';

/** What was measured last, again and again; null before the first time and after one that failed. */
export class Sampled<T> {
  latest: T | null = null;
  private readonly measuring: Repeating;

  constructor(measure: () => Promise<T>, everyMs: number, onError: (error: unknown) => void) {
    this.measuring = new Repeating(
      async () => {
        this.latest = await measure();
      },
      everyMs,
      (error) => {
        this.latest = null;
        onError(error);
      },
    );
  }

  start(): void {
    this.measuring.start();
  }

  async stop(): Promise<void> {
    await this.measuring.stop();
  }
}
