/** How long a stopping loop waits for the round under way. */
const LAST_ROUND_MS = 3000;
/** How long what was said is not said again. */
const QUIET_MS = 60_000;

/**
 * Runs `work` again and again, never twice at once: at once when woken, at once again while it answers true ("there may be more"), after
 * as many milliseconds as it answers, otherwise after `idleMs`. An error is reported and the loop goes on.
 */
export class Repeating {
  /** When the round under way began, by `performance.now()`; null between rounds. */
  runningSince: number | null = null;
  /** When a round last ended well; before the first one, when the loop was started. Null while it is stopped. */
  lastRoundAt: number | null = null;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private again = false;
  private stopped = true;
  /** Which run is ours: an abandoned one that ends after all changes nothing. */
  private round = 0;

  constructor(
    private readonly work: () => Promise<boolean | number | void>,
    private readonly idleMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.stopped = false;
    this.lastRoundAt = performance.now();
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
    this.running = this.run(++this.round);
  }

  /** Goes on without the round under way, whose work may wait for something that never comes. */
  abandon(): void {
    if (!this.running) return;
    this.round++;
    this.running = null;
    this.runningSince = null;
    this.wake();
  }

  /** Resolves when the current round is over, or soon: what it waits for may have ended before it. No further one starts. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.lastRoundAt = null;
    clearTimeout(this.timer);
    if (!this.running) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, LAST_ROUND_MS)));
    await Promise.race([this.running, patience]);
    clearTimeout(timer);
    this.round++;
  }

  private async run(mine: number): Promise<void> {
    let restMs = this.idleMs;
    do {
      this.again = false;
      restMs = this.idleMs;
      this.runningSince = performance.now();
      try {
        const more = await this.work();
        if (mine !== this.round) return;
        if (more === true) this.again = true;
        if (typeof more === 'number') restMs = more;
        if (!this.stopped) this.lastRoundAt = performance.now();
      } catch (error) {
        if (mine !== this.round) return;
        this.onError(error);
        this.again = false;
      }
    } while (this.again && !this.stopped);
    this.running = null;
    this.runningSince = null;
    if (!this.stopped) this.timer = setTimeout(() => this.wake(), restMs);
  }
}

/** Lets what happens again and again be said once a minute for each of its kinds, with how often it happened since. */
export class Seldom {
  private readonly said = new Map<string, { at: number; times: number }>();

  constructor(private readonly quietMs = QUIET_MS) {}

  /** Calls `say` with how often `what` has happened since it was last said, unless that was just now. */
  say(what: string, say: (times: number) => void): void {
    const now = performance.now();
    const before = this.said.get(what) ?? { at: -Infinity, times: 0 };
    const times = before.times + 1;
    const isDue = now - before.at >= this.quietMs;
    this.said.set(what, isDue ? { at: now, times: 0 } : { at: before.at, times });
    if (isDue) say(times);
  }
}
