/** The answer to a question that is put again only once the last answer is `ms` old. Who asks meanwhile shares it. */
export class NowAndThen<T> {
  private said: Promise<T> | null = null;
  private saidAt = -Infinity;

  constructor(
    private readonly ask: (signal: AbortSignal) => Promise<T>,
    private readonly ms: number,
  ) {}

  get(signal: AbortSignal): Promise<T> {
    if (this.said === null || performance.now() - this.saidAt > this.ms) {
      this.saidAt = performance.now();
      this.said = this.ask(signal);
    }
    return this.said;
  }
}
