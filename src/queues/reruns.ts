const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
const REMEMBERED = 10_000;

/**
 * Which failed jobs may start over now: at once the first time, then after pauses that double, so that a job that always fails does
 * not ask the providers every second until its deadline.
 */
export class Reruns {
  private readonly known = new Map<string, { times: number; notBefore: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Those of `ids` whose pause is over; counted as started over. */
  due(ids: readonly string[]): string[] {
    const now = this.now();
    return ids.filter((id) => {
      const { times, notBefore } = this.known.get(id) ?? { times: 0, notBefore: 0 };
      if (now < notBefore) return false;
      this.remember(id, { times: times + 1, notBefore: now + Math.min(FIRST_PAUSE_MS * 2 ** times, LONGEST_PAUSE_MS) });
      return true;
    });
  }

  private remember(id: string, entry: { times: number; notBefore: number }): void {
    this.known.delete(id);
    this.known.set(id, entry);
    if (this.known.size > REMEMBERED) this.known.delete(this.known.keys().next().value!);
  }
}
