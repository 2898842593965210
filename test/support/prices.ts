import { ObservationsRepository } from '../../src/modules/prices/observing/observations.repository.js';
import { ObservingService } from '../../src/modules/prices/observing/observing.service.js';
import { PriceExports } from '../../src/modules/prices/observing/price-exports.js';
import { PricesService } from '../../src/modules/prices/prices.service.js';
import type { Database } from '../../src/platform/database/database.js';
import { Metrics } from '../../src/platform/telemetry/metrics.js';
import { readConfig } from '../../src/read-config.js';

/** The room of prices as other rooms know it, without the application around it. */
export function pricesOn(database: Database): PricesService {
  const config = readConfig({ LOOPGPT_ENV: 'test', DATABASE_URL: 'postgres://x@127.0.0.1/x' });
  const observations = new ObservationsRepository();
  const observing = new ObservingService(observations, config, new Metrics());
  return new PricesService(observing, observations, new PriceExports(database), database);
}
