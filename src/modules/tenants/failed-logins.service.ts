import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '../../common/errors.js';
import { AddressWindow } from './address-window.js';

/** Of one address in one minute and process; people mistype, and a program that lost its key says so in its log. */
const ALLOWED = 20;

/** Counts failed logins per address, whatever the door, and refuses the address that has had too many for the rest of the minute. */
@Injectable()
export class FailedLogins {
  private readonly failures = new AddressWindow(ALLOWED);

  constructor(private readonly log: PinoLogger) {}

  /** Seconds for which `address` may not try again; 0 when it may. */
  refusedFor(address: string): number {
    return this.failures.refusedFor(address, performance.now());
  }

  /** Throws `logins_limited` while `address` may not try again. */
  check(address: string): void {
    const retryAfterSeconds = this.refusedFor(address);
    if (retryAfterSeconds > 0) throw new AppError('logins_limited', `address ${address}`, { retryAfterSeconds });
  }

  /** `door` is where it was tried; nothing of what was presented is kept. */
  failed(address: string, door: 'api' | 'board'): void {
    const failures = this.failures.add(address, performance.now());
    this.log.warn({ address, door, failures }, 'login.failed');
  }
}
