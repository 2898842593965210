import { Injectable } from '@nestjs/common';
import { Config } from '../../../config.js';
import { Database } from '../../../platform/database/database.js';
import { wordsOf } from '../../../vocabulary/words.js';
import type { ProviderAnswer } from '../../providers/provider.js';
import { quotedPrices } from '../deciding/quoted-prices.js';
import { ObservationsRepository } from './observations.repository.js';
import { ObservingService } from './observing.service.js';
import { RecentPrices } from './recent-prices.js';

/** Keeps what shops quote. In production nothing of a simulator is kept: it would be a price that nobody asked. */
@Injectable()
export class QuotedPricesService {
  private readonly recent = new RecentPrices();

  constructor(
    private readonly observing: ObservingService,
    private readonly observations: ObservationsRepository,
    private readonly database: Database,
    private readonly config: Config,
  ) {}

  /** Of any tenants. Heard twice it is the same. */
  async keep(answers: readonly { tenantId: string; routeId: string; answer: ProviderAnswer }[]): Promise<void> {
    const isProduction = this.config.values.LOOPGPT_ENV === 'production';
    const told = answers
      .filter(({ answer: { result } }) => !(isProduction && result.ok && result.offer.simulated))
      .flatMap(({ tenantId, routeId, answer }) =>
        quotedPrices(routeId, answer).map((price) => ({ ...price, tenantId })),
      )
      .filter((price) => this.recent.isNews(price));
    if (told.length === 0) return;
    await this.database.system(async (tx) => {
      const named = told.flatMap(({ tenantId, productKey: key, name }) =>
        name === null ? [] : [{ tenantId, key, name, words: wordsOf(name), sameAs: null }],
      );
      if (named.length > 0) await this.observations.putProducts(tx, named);
      await this.observing.keepMoved(tx, told);
    });
    this.observing.wake();
    for (const price of told) this.recent.keep(price);
  }
}
