import { bulkhead, type BulkheadPolicy } from 'cockatiel';

/** At most `limit` at once per key; up to `queue` more wait their turn, further ones are refused by an error. */
export class Limiter {
  private readonly bulkheads = new Map<string, BulkheadPolicy>();

  constructor(
    private readonly limit: number,
    private readonly queue: number,
  ) {}

  run<T>(key: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    let policy = this.bulkheads.get(key);
    if (!policy) this.bulkheads.set(key, (policy = bulkhead(this.limit, this.queue)));
    return policy.execute(work, signal);
  }

  inFlight(key: string): number {
    const policy = this.bulkheads.get(key);
    return policy ? this.limit - policy.executionSlots : 0;
  }
}
