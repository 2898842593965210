import { createHash } from 'node:crypto';

/** 64 hex digits that depend on all parts and their order. */
export function digestOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

export function seedOf(...parts: readonly (string | number)[]): number {
  return Number.parseInt(digestOf(...parts).slice(0, 8), 16);
}

export interface Latency {
  medianMs: number;
  p99Ms: number;
}

/** z of the 99th percentile of a normal distribution. */
const Z99 = 2.326;

/** A lognormal delay in ms with the given median and 99th percentile; 0 for a median of 0. */
export function delayMs({ medianMs, p99Ms }: Latency, random: () => number): number {
  if (medianMs === 0) return 0;
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return medianMs * Math.exp((Math.log(Math.max(1, p99Ms / medianMs)) / Z99) * normal);
}

const MAX_KEYS = 100_000;

/**
 * Counts how often each call was made, so that what one call meets depends on the call and not on what came in between: parallel
 * callers get the same answers in any order. When full it begins anew with numbers not given before.
 */
export class Occurrences {
  private readonly seen = new Map<string, number>();
  private first = 1;

  next(key: string): number {
    const count = this.seen.get(key) ?? this.first;
    this.seen.set(key, count + 1);
    if (this.seen.size > MAX_KEYS) {
      for (const next of this.seen.values()) this.first = Math.max(this.first, next);
      this.seen.clear();
    }
    return count;
  }
}
