import { isIPv6 } from 'node:net';

const WINDOW_MS = 60_000;
/** Addresses remembered; the oldest are forgotten first. */
const MOST = 10_000;

/** Counts per address in windows of a minute, each from its first on. Pure but for the time it is told. */
export class AddressWindow {
  private readonly counts = new Map<string, { count: number; until: number }>();

  constructor(private readonly allowed: number) {}

  /** Counts one; answers how many there were of its address in this minute. */
  add(address: string, now: number): number {
    const place = placeOf(address);
    const known = this.counts.get(place);
    const next =
      known && known.until > now ? { ...known, count: known.count + 1 } : { count: 1, until: now + WINDOW_MS };
    // Anew, so that those whose minute is over come first.
    if (next.count === 1) this.counts.delete(place);
    if (this.counts.size >= MOST && !this.counts.has(place)) this.counts.delete(this.counts.keys().next().value!);
    this.counts.set(place, next);
    return next.count;
  }

  /** Seconds until the address may again; 0 when it may now. */
  refusedFor(address: string, now: number): number {
    const known = this.counts.get(placeOf(address));
    const left = known ? known.until - now : 0;
    return known && left > 0 && known.count >= this.allowed ? Math.ceil(left / 1000) : 0;
  }
}

/** Whoever has one IPv6 address has all of its /64. */
export function placeOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [left = '', right] = address.toLowerCase().split('::');
  const [head, tail] = [left, right ?? ''].map((half) => half.split(':').filter(Boolean)) as [string[], string[]];
  const zeros = right === undefined ? [] : Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}
