import type { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../src/clock/clock.js';
import { Outbox } from '../../src/events/outbox.js';
import { ObservationsRepository } from '../../src/modules/prices/observing/observations.repository.js';
import { ObservingService } from '../../src/modules/prices/observing/observing.service.js';
import { PriceExports } from '../../src/modules/prices/observing/price-exports.js';
import { HonestyRepository } from '../../src/modules/prices/observing/honesty.repository.js';
import { HonestyService } from '../../src/modules/prices/observing/honesty.service.js';
import { KeptPricesService } from '../../src/modules/prices/observing/kept-prices.service.js';
import type { PricesService } from '../../src/modules/prices/prices.service.js';
import { WatchesRepository } from '../../src/modules/prices/watching/watches.repository.js';
import { WatchingService } from '../../src/modules/prices/watching/watching.service.js';
import type { Database } from '../../src/platform/database/database.js';
import { Metrics } from '../../src/platform/telemetry/metrics.js';
import { readConfig } from '../../src/read-config.js';

/** The room of prices as other rooms know it, without the application around it. */
export function pricesOn(database: Database): PricesService {
  const config = readConfig({ LOOPGPT_ENV: 'test', DATABASE_URL: 'postgres://x@127.0.0.1/x' });
  const observations = new ObservationsRepository();
  const metrics = new Metrics();
  const silent = { warn: () => undefined, error: () => undefined } as unknown as PinoLogger;
  const outbox = new Outbox({ handOver: () => undefined, wake: () => undefined });
  const clock = new Clock(metrics, silent);
  const watches = new WatchesRepository(database);
  const watching = new WatchingService(watches, outbox, database, config, clock);
  const honesty = new HonestyService(new HonestyRepository(database), config);
  const observing = new ObservingService(observations, watching, config, metrics);
  return new KeptPricesService(observing, observations, honesty, new PriceExports(database), watches, database);
}
