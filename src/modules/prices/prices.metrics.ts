import type { Meters } from '../../platform/telemetry/metrics.js';

export const pricesMetrics = (meters: Meters) => ({
  observed: meters.counter('loopgpt_prices_observed_total', 'prices that were stored, by how they were learnt', [
    'kind',
  ]),
});
