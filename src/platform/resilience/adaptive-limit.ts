/**
 * How many calls may be under way at once, found out by additive increase and multiplicative decrease (Chiu and Jain, 1989): cut by
 * three tenths when the other side shows overload, at most once a second, and raised by about one for each full round of successes
 * that made use of it. Pure; time is given in ms of any steady clock.
 */
export class AdaptiveLimit {
  private limit: number;
  private cutAtMs = -Infinity;

  constructor(
    private readonly min: number,
    private readonly max: number,
  ) {
    this.limit = max;
  }

  get current(): number {
    return Math.floor(this.limit);
  }

  /** One call ended; `inFlight` were under way, it included. */
  ended(isOverload: boolean, inFlight: number, nowMs: number): void {
    if (isOverload) {
      // What was begun before the last cut says nothing about the limit after it.
      if (nowMs - this.cutAtMs < CUT_EVERY_MS) return;
      this.limit = Math.max(this.min, this.limit * KEPT_SHARE);
      this.cutAtMs = nowMs;
    } else if (inFlight * 2 >= this.limit) {
      this.limit = Math.min(this.max, this.limit + 1 / this.limit);
    }
  }
}

const CUT_EVERY_MS = 1000;
const KEPT_SHARE = 0.7;
