import { Injectable } from '@nestjs/common';
import { AppError } from '../../common/errors.js';
import { Config } from '../../config.js';
import { ERRORS } from '../../errors.js';
import { AddressWindow } from './address-window.js';
import { FailedLogins } from './failed-logins.service.js';
import type { TenantContext } from './scopes.js';
import { TenantsService } from './tenants.service.js';

/** Lets callers in, and bounds by address those who are nobody yet: before anything is looked up for them. */
@Injectable()
export class Logins {
  private readonly keyless: AddressWindow;

  constructor(
    private readonly tenants: TenantsService,
    private readonly failures: FailedLogins,
    config: Config,
  ) {
    this.keyless = new AddressWindow(config.values.LOOPGPT_KEYLESS_PER_MINUTE);
  }

  /** A request that needs no key. Throws `keyless_limited`. */
  admit(address: string): void {
    const now = performance.now();
    const retryAfterSeconds = this.keyless.refusedFor(address, now);
    if (retryAfterSeconds > 0) throw new AppError('keyless_limited', `address ${address}`, { retryAfterSeconds });
    this.keyless.add(address, now);
  }

  /**
   * Who presents `key`. An address that fails again and again is refused before anything is looked up for it; who has shown a good key
   * meanwhile is not.
   */
  async login(address: string, key: string | undefined): Promise<TenantContext> {
    if (!this.tenants.knows(key)) {
      if (key) this.failures.check(address);
      else this.admit(address);
    }
    try {
      return await this.tenants.authenticate(key);
    } catch (error) {
      if (error instanceof AppError && ERRORS[error.code][0] === 401 && key) this.failures.failed(address, 'api');
      throw error;
    }
  }
}
