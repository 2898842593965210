import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../../clock/clock.js';
import { databaseNow } from '../../../common/clock.js';
import type { Repeating } from '../../../common/pacing/repeating.js';
import { Config } from '../../../config.js';
import { Database } from '../../../platform/database/database.js';

const AHEAD = 2;
/** Of months that prices came from before there was one made for them, so many in a round. */
const MOST_AT_ONCE = 6;

/** Makes the months that prices will come in, and those that they came from; drops those that are not kept any more. */
@Injectable()
export class MonthsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly making: Repeating;

  constructor(
    private readonly database: Database,
    private readonly config: Config,
    clock: Clock,
  ) {
    this.making = clock.loop('prices.months', () => this.make());
  }

  onApplicationBootstrap(): void {
    if (this.config.roles.has('aggregator')) this.making.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.making.stop();
  }

  /** Each month in a transaction of its own, so that nobody waits for several. */
  async make(): Promise<void> {
    for (let ahead = 0; ahead <= AHEAD; ahead++) {
      await this.database.query('SELECT price_month((current_date + make_interval(months => $1))::date)', [ahead]);
    }
    const strays = await this.database.query<{ month: string }>(
      `SELECT DISTINCT date_trunc('month', observed_on)::date::text AS month
       FROM (SELECT observed_on FROM price_observations_rest LIMIT 100000) rest ORDER BY 1 LIMIT $1`,
      [MOST_AT_ONCE],
    );
    for (const { month } of strays) await this.database.query('SELECT price_month($1::date)', [month]);
    const { LOOPGPT_PRICE_KEEP_DAYS } = this.config.values;
    const before = new Date(databaseNow() - LOOPGPT_PRICE_KEEP_DAYS * 86_400_000).toISOString().slice(0, 10);
    await this.database.query('SELECT price_months_before($1::date)', [before]);
  }
}
