/**
 * How often things were asked for of late: each asking counts one, and counts for half after every half-life. Keeps so many, and
 * forgets those that count least. Times are ms of one clock. Pure but for what it remembers.
 */
export class Popularity<T> {
  private readonly known = new Map<string, { what: T; count: number; at: number }>();

  constructor(
    readonly halfLifeMs: number,
    private readonly most: number,
  ) {}

  get size(): number {
    return this.known.size;
  }

  asked(key: string, what: T, now: number): void {
    const before = this.known.get(key);
    const count = (before ? this.countAt(before, now) : 0) + 1;
    this.known.delete(key);
    this.known.set(key, { what, count, at: now });
    if (this.known.size > this.most) this.forgetLeast(now);
  }

  /** Those that will be asked for within `withinMs` with at least this chance, from 0 to 1; the likeliest first. */
  likely(withinMs: number, chance: number, now: number): { key: string; what: T; chance: number }[] {
    return [...this.known]
      .map(([key, one]) => ({ key, what: one.what, chance: this.chanceOf(this.countAt(one, now), withinMs) }))
      .filter((one) => one.chance >= chance)
      .sort((left, right) => right.chance - left.chance);
  }

  /** Askings at a steady rate r count r × half-life ÷ ln 2 in all; they come by chance (Poisson), so one comes with 1 − e^(−r × time). */
  private chanceOf(count: number, withinMs: number): number {
    // The last one of them is what made it known: it says that it was asked for, not that it is again and again.
    const rate = (Math.max(0, count - 1) * Math.LN2) / this.halfLifeMs;
    return 1 - Math.exp(-rate * withinMs);
  }

  private countAt({ count, at }: { count: number; at: number }, now: number): number {
    return count * 2 ** ((at - now) / this.halfLifeMs);
  }

  /** A tenth at once, so that this is done seldom. */
  private forgetLeast(now: number): void {
    const least = [...this.known].sort(([, left], [, right]) => this.countAt(left, now) - this.countAt(right, now));
    for (const [key] of least.slice(0, Math.ceil(this.most / 10))) this.known.delete(key);
  }
}
