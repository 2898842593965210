import { Injectable } from '@nestjs/common';
import { Config } from '../../../config.js';
import type { Tx } from '../../../platform/database/database.js';
import { QuoteHonesty, type Honesty } from '../../providers/provider.js';
import { shopOf } from '../deciding/product-keys.js';
import { HonestyRepository, type Confirmed } from './honesty.repository.js';

/** How honest providers' quotes are: against what they confirm, and against the receipt of the same order. A simulator's are none in production. */
@Injectable()
export class HonestyService extends QuoteHonesty {
  constructor(
    private readonly honesty: HonestyRepository,
    private readonly config: Config,
  ) {
    super();
  }

  async confirmed(routes: readonly (Omit<Confirmed, 'shop'> & { simulated: boolean })[]): Promise<void> {
    const isProduction = this.config.values.LOOPGPT_ENV === 'production';
    const rows = routes
      .filter(({ simulated }) => !(isProduction && simulated))
      .map((route) => ({ ...route, shop: shopOf(route.providerId) }));
    if (rows.length > 0) await this.honesty.insert(rows);
  }

  /** These orders changed: what is known of them is found anew, after their lines are stored. */
  async received(tx: Tx, tenantId: string, orderIds: readonly string[]): Promise<void> {
    if (orderIds.length === 0) return;
    await this.honesty.release(tx, tenantId, orderIds);
    await this.honesty.match(tx, tenantId, orderIds);
  }

  async lately(): Promise<ReadonlyMap<string, Honesty>> {
    const rows = await this.honesty.lately();
    return new Map(rows.map(({ providerId, ...honesty }) => [providerId, honesty]));
  }
}
