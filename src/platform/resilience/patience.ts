const LOOK_EVERY_MS = 50;
/** A timer is never on the dot. */
const USUAL_DELAY_MS = 10;
/** Less than this part of its time, and whoever was waited for did not have it. */
const ENOUGH = 0.9;

/** How long the event loop of this process has been held, in ms; it is watched only while somebody is waited for. */
class LoopHolds {
  private heldMs = 0;
  private lookedAt = 0;
  private watchers = 0;
  private timer: NodeJS.Timeout | undefined;

  watch(): void {
    if (this.watchers++ > 0) return;
    this.lookedAt = performance.now();
    this.timer = setInterval(() => this.totalMs(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  leave(): void {
    if (--this.watchers === 0) clearInterval(this.timer);
  }

  /** What was held until now is in it, though no timer has run yet. */
  totalMs(): number {
    const now = performance.now();
    const late = now - this.lookedAt - LOOK_EVERY_MS;
    if (late > USUAL_DELAY_MS) this.heldMs += late;
    this.lookedAt = now;
    return this.heldMs;
  }
}
const holds = new LoopHolds();

/**
 * Waits for somebody outside as long as that one was promised, by its time and not ours: while this process held its event loop, or kept
 * the work in a queue of its own (`ours`), the other's time stands still. Its signal aborts when the other's time is up, in any case
 * after `atMostMs`, and when `parent` does. Whoever makes one ends it.
 */
export class Patience {
  private readonly controller = new AbortController();
  private readonly startedAt = performance.now();
  private readonly heldBefore: number;
  private readonly leave = () => this.controller.abort(this.parent.reason);
  private timer: NodeJS.Timeout | undefined;
  private keptMs = 0;
  private keptBy = 0;
  private keptSince = 0;
  private cutAfterMs: number | null = null;

  constructor(
    private readonly ownMs: number,
    private readonly atMostMs: number,
    private readonly parent: AbortSignal,
  ) {
    holds.watch();
    this.heldBefore = holds.totalMs();
    if (parent.aborted) this.leave();
    else parent.addEventListener('abort', this.leave, { once: true });
    this.timer = setTimeout(() => this.look(), Math.min(ownMs, atMostMs));
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Ms that are left until the signal aborts, if nothing of ours comes between. */
  remainingMs(): number {
    return Math.max(0, this.dueMs() - this.elapsedMs());
  }

  /** Time's end came, and the other had had clearly less than its time: what it did not say tells nothing about it. */
  get ranOutOnUs(): boolean {
    return this.cutAfterMs !== null && this.cutAfterMs < ENOUGH * Math.min(this.ownMs, this.atMostMs);
  }

  /** Work that waits for us and not for the other. */
  async ours<T>(work: () => Promise<T>): Promise<T> {
    this.keep();
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  /** As `ours`, where it begins and ends at different places: each `keep` has its `release`. Together they count once. */
  keep(): void {
    if (this.keptBy++ === 0) this.keptSince = performance.now();
  }

  release(): void {
    if (--this.keptBy === 0) this.keptMs += performance.now() - this.keptSince;
  }

  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.parent.removeEventListener('abort', this.leave);
    holds.leave();
  }

  private look(): void {
    const left = this.dueMs() - this.elapsedMs();
    if (left > 1) {
      this.timer = setTimeout(() => this.look(), left);
      return;
    }
    this.cutAfterMs = this.elapsedMs() - this.lostMs();
    this.controller.abort(new DOMException('no complete answer in time', 'TimeoutError'));
  }

  private dueMs(): number {
    return Math.min(this.ownMs + this.lostMs(), this.atMostMs);
  }

  private lostMs(): number {
    const kept = this.keptBy > 0 ? performance.now() - this.keptSince : 0;
    return holds.totalMs() - this.heldBefore + this.keptMs + kept;
  }

  private elapsedMs(): number {
    return performance.now() - this.startedAt;
  }
}
