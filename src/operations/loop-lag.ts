import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 20;

/** How long the event loop of this process keeps everybody waiting: the mean beyond the timer's own, as long as it lasts over two readings. */
export class LoopLag {
  private before = 0;
  private readonly delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });

  start(): void {
    this.delay.enable();
  }

  stop(): void {
    this.delay.disable();
  }

  read(): number {
    const { mean, count } = this.delay;
    this.delay.reset();
    const now = count === 0 ? 0 : Math.max(0, mean / 1e6 - RESOLUTION_MS);
    const lasting = Math.min(now, this.before);
    this.before = now;
    return lasting;
  }
}
