const QUIET_MS = 60_000;

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
