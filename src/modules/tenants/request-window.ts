/** How a request fares: whether it is let in, how many more may come, and when the count starts anew. */
export interface Standing {
  allowed: boolean;
  remaining: number;
  resetMs: number;
}

interface Count {
  /** Let in by all processes, as far as they have told each other. */
  told: number;
  /** Let in here and not told yet. */
  untold: number;
}

/** What a process has not told the others: requests per key in one window. */
export interface Untold {
  window: number;
  counts: ReadonlyMap<string, number>;
}

/**
 * Counts requests per key in fixed windows of the clock, so that all processes speak of the same window. Each counts for itself and
 * tells the others now and then: no request waits for that, and beyond the quota there come at most those that other processes let in
 * since they last told. Refused requests do not count. Pure; times in ms since the epoch.
 */
export class RequestWindow {
  private window = -1;
  private counts = new Map<string, Count>();

  constructor(
    private readonly quota: number,
    private readonly windowMs: number,
  ) {}

  /** `units`: how many usual requests it is worth. */
  take(key: string, now: number, units = 1): Standing {
    this.turnTo(Math.floor(now / this.windowMs));
    const count = this.counts.get(key) ?? { told: 0, untold: 0 };
    this.counts.set(key, count);
    const allowed = count.told + count.untold + units <= this.quota;
    if (allowed) count.untold += units;
    const remaining = Math.max(0, this.quota - count.told - count.untold);
    return { allowed, remaining, resetMs: (this.window + 1) * this.windowMs - now };
  }

  /** Null when there is nothing to tell. */
  untold(): Untold | null {
    const counts = new Map(
      [...this.counts].filter(([, { untold }]) => untold > 0).map(([key, { untold }]) => [key, untold]),
    );
    return counts.size > 0 ? { window: this.window, counts } : null;
  }

  /** The others were told `said`, and this is what all have counted together. */
  learn(said: Untold, totals: ReadonlyMap<string, number>): void {
    if (said.window !== this.window) return;
    for (const [key, total] of totals) {
      const count = this.counts.get(key)!;
      count.untold -= said.counts.get(key)!;
      count.told = total;
    }
  }

  private turnTo(window: number): void {
    // A clock that was set back stays in the later window.
    if (window <= this.window) return;
    this.window = window;
    this.counts = new Map();
  }
}
