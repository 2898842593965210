import type { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../src/clock/clock.js';
import { lookUp } from '../../src/modules/providers/adapting/look-up.js';
import { PostgresCache } from '../../src/platform/cache/postgres.cache.js';
import type { Database } from '../../src/platform/database/database.js';
import { Metrics } from '../../src/platform/telemetry/metrics.js';
import { createStores, migrated, type Stores } from '../support/stores.js';

describe('the cache in PostgreSQL', () => {
  const never = new AbortController().signal;
  const log = { warn: jest.fn(), error: jest.fn() } as unknown as PinoLogger;
  const clock = new Clock(new Metrics(), log);
  let stores: Stores;
  let database: Database;
  const caches: PostgresCache[] = [];
  const another = () => {
    const cache = new PostgresCache(database, clock);
    caches.push(cache);
    return cache;
  };

  beforeAll(async () => {
    stores = await createStores();
    database = await migrated(stores);
  }, 60_000);
  afterAll(async () => {
    clock.onApplicationShutdown();
    for (const cache of caches) await cache.close();
    await database?.close();
    await stores?.drop();
  });

  it('keeps for every process that something is known not to be there', async () => {
    const load = jest.fn(async () => ({ ok: true as const, value: null, ttlMs: 60_000 }));
    const nowhere = { ok: true, value: null };
    expect(await lookUp(another(), 'store near 00000', never, load)).toEqual(nowhere);
    expect(await lookUp(another(), 'store near 00000', never, load)).toEqual(nowhere);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps what is written in the same moment as such a thing', async () => {
    const [writer, reader] = [another(), another()];
    await Promise.all([writer.set('no site', null, 60_000), writer.set('a site', { host: 'shop.test' }, 60_000)]);
    expect(await Promise.all([reader.get('no site'), reader.get('a site'), reader.get('never asked')])).toEqual([
      null,
      { host: 'shop.test' },
      undefined,
    ]);
  });
});
