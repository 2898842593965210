/** The database said `ms` when our monotonic clock said `at`, give or take. */
export interface Reading {
  ms: number;
  at: number;
  errorMs: number;
}

/** How far two monotonic clocks may drift apart: 100 parts in a million. */
const DRIFT = 1e-4;
const NOTABLE_MS = 1000;
const BEARABLE_MS = 60_000;

/** Which readings of a far clock to believe, and what they say of the near one. Pure. */
export class ClockJudge {
  private best: Reading | null = null;

  /** Answers whether the reading is better than what is known by now: nearer, or beyond doubt another time (a failover, a step). */
  take(reading: Reading): boolean {
    if (this.best) {
      const knownErrorMs = this.best.errorMs + (reading.at - this.best.at) * DRIFT;
      const apartMs = Math.abs(reading.ms - (this.best.ms + reading.at - this.best.at));
      if (reading.errorMs > knownErrorMs && apartMs <= reading.errorMs + knownErrorMs) return false;
    }
    this.best = reading;
    return true;
  }

  /** How far a clock that says `wallMs` is ahead of the far one; negative when it is behind. 0 before the first reading. */
  offMs(wallMs: number, at: number): number {
    return this.best ? wallMs - (this.best.ms + at - this.best.at) : 0;
  }

  state(wallMs: number, at: number): { ok: boolean; detail?: string } {
    const off = this.offMs(wallMs, at);
    const distance = Math.abs(off);
    if (distance - (this.best?.errorMs ?? 0) <= NOTABLE_MS) return { ok: true };
    const way = off > 0 ? 'ahead of' : 'behind';
    return {
      ok: distance <= BEARABLE_MS,
      detail: `the clock of this process is ${(distance / 1000).toFixed(1)} s ${way} the database's; set it by NTP`,
    };
  }
}
