import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '../../common/errors.js';

const WINDOW_MS = 60_000;
/** Of one address in one minute and process; people mistype, and a program that lost its key says so in its log. */
const ALLOWED = 20;
/** Addresses remembered; the oldest are forgotten first. */
const MOST = 10_000;

/** Counts failed logins per address, whatever the door, and refuses the address that has had too many for the rest of the minute. */
@Injectable()
export class FailedLogins {
  private readonly failures = new Map<string, { count: number; until: number }>();

  constructor(private readonly log: PinoLogger) {}

  /** Seconds for which `address` may not try again; 0 when it may. */
  refusedFor(address: string): number {
    const known = this.failures.get(placeOf(address));
    const left = known ? known.until - performance.now() : 0;
    return known && left > 0 && known.count >= ALLOWED ? Math.ceil(left / 1000) : 0;
  }

  /** Throws `logins_limited` while `address` may not try again. */
  check(address: string): void {
    const retryAfterSeconds = this.refusedFor(address);
    if (retryAfterSeconds > 0) throw new AppError('logins_limited', `address ${address}`, { retryAfterSeconds });
  }

  /** `door` is where it was tried; nothing of what was presented is kept. */
  failed(address: string, door: 'api' | 'board' | 'metrics'): void {
    const [place, now] = [placeOf(address), performance.now()];
    const known = this.failures.get(place);
    const next =
      known && known.until > now ? { ...known, count: known.count + 1 } : { count: 1, until: now + WINDOW_MS };
    if (this.failures.size >= MOST && !known) this.failures.delete(this.failures.keys().next().value!);
    this.failures.set(place, next);
    this.log.warn({ address, door, failures: next.count }, 'login.failed');
  }
}

/** Whoever has one IPv6 address has all of its /64. */
function placeOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [left = '', right] = address.split('::');
  const [head, tail] = [left, right ?? ''].map((half) => half.split(':').filter(Boolean)) as [string[], string[]];
  const zeros = right === undefined ? [] : Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
}
