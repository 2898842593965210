import { each, fromZero, type Meters } from '../../platform/telemetry/metrics.js';
import { PRICE_KINDS } from './deciding/observation.js';

export const pricesMetrics = (meters: Meters) => ({
  observed: fromZero(
    meters.counter('loopgpt_prices_observed_total', 'prices that were stored, by how they were learnt', ['kind']),
    each('kind', PRICE_KINDS),
  ),
});
