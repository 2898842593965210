import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { InForceService } from '../switches/in-force.service.js';
import { CARDS } from './cards.js';
import { providersMetrics } from './providers.metrics.js';
import { QuotesService } from './quotes.service.js';

const BREAKER = { closed: 0, half_open: 0.5, open: 1 } as const;

/** Tells how the providers stand whenever a page of metrics is asked for: breakers of this process, the rest of all of them. */
@Injectable()
export class ProviderGauges {
  constructor(quotes: QuotesService, metrics: Metrics, config: Config, inForce: InForceService) {
    const { healthy, breaker, budgetLeft, credentialsExpire } = metrics.of(providersMetrics);
    if (config.roles.has('quotes'))
      metrics.sound({
        gauges: [breaker],
        measure: async () => {
          for (const state of quotes.states()) breaker.set({ provider: state.id }, BREAKER[state.breaker]);
        },
      });
    if (config.roles.has('aggregator'))
      metrics.sound({
        gauges: [healthy, budgetLeft, credentialsExpire],
        measure: async () => {
          for (const { id, prefix } of CARDS) {
            const day = inForce.values[`LOOPGPT_${prefix}_CREDENTIALS_EXPIRE`];
            if (day) credentialsExpire.set({ provider: id }, Date.parse(day) / 1000);
          }
          for (const { id, state, healthy: isWell, budget } of await quotes.cards()) {
            if (state === 'connected') healthy.set({ provider: id }, isWell ? 1 : 0);
            if (budget?.remainingToday != null) budgetLeft.set({ provider: id }, budget.remainingToday);
          }
        },
      });
  }
}
