import { randomBytes } from 'node:crypto';
import type { PinoLogger } from 'nestjs-pino';
import { Clock } from '../../src/clock/clock.js';
import { readConfig } from '../../src/read-config.js';
import { InForceService } from '../../src/modules/switches/in-force.service.js';
import { SwitchesRepository } from '../../src/modules/switches/switches.repository.js';
import { Metrics } from '../../src/platform/telemetry/metrics.js';
import { SwitchesService } from '../../src/modules/switches/switches.service.js';
import { Sealer } from '../../src/platform/crypto/sealed.js';
import type { Database } from '../../src/platform/database/database.js';
import { createStores, migrated, type Stores } from '../support/stores.js';

const SECRET = 'canary-switches-41';

describe('switches of instances that differ', () => {
  let stores: Stores;
  let database: Database;
  const sealer = new Sealer(randomBytes(32));
  const lines: unknown[] = [];
  const log = { warn: (...line: unknown[]) => lines.push(line), error: (...line: unknown[]) => lines.push(line) };

  beforeAll(async () => {
    stores = await createStores();
    database = await migrated(stores);
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    await stores?.drop();
  });

  function instance(env: Record<string, string>, key = sealer): SwitchesService {
    const config = readConfig({
      LOOPGPT_SECRET_KEY: 'Jr0Vx7o1mT3yKq9wZs5uBd8eHf2gLa6cNp4iXk0RtQE=',
      ...stores.env,
      ...env,
    });
    const clock = new Clock(new Metrics(), log as unknown as PinoLogger);
    return new SwitchesService(
      new SwitchesRepository(database),
      new InForceService(config),
      database,
      key,
      config,
      log as unknown as PinoLogger,
      clock,
    );
  }

  it('undo of an act does not bring mock mode back to a production that refuses it', async () => {
    const allowing = instance({ LOOPGPT_ENV: 'production', LOOPGPT_ALLOW_MOCK_IN_PRODUCTION: 'true' });
    const refusing = instance({ LOOPGPT_ENV: 'production' });
    const { version } = await allowing.change('key_a', 'an emergency', { LOOPGPT_KROGER_MOCK: 'true' }, 0);
    await allowing.change('key_a', 'it is over', { LOOPGPT_KROGER_MOCK: 'false' }, version);
    const [over] = await refusing.acts(1, null);
    const undo = (by: SwitchesService) => by.undo('key_b', 'a mistake', over!.id, version + 1);
    await expect(undo(refusing)).rejects.toMatchObject({ code: 'switch_invalid' });
    expect((await refusing.shown()).version).toBe(version + 1);
    expect((await undo(allowing)).set).toEqual({ LOOPGPT_KROGER_MOCK: 'true' });
  });

  it('a credential sealed under a key that an instance does not know keeps it from no other switch', async () => {
    const { version } = await instance({}).shown();
    const changes = { MEALME_API_KEY: SECRET, LOOPGPT_ENABLE_WALMART: 'false' };
    await instance({}).change('key_a', 'a rotation', changes, version);
    const stranger = instance({ MEALME_API_KEY: 'of-the-environment' }, new Sealer(randomBytes(32)));
    lines.length = 0;
    await stranger.onModuleInit();
    await stranger.onApplicationShutdown();
    expect(stranger.values).toMatchObject({
      LOOPGPT_ENABLE_WALMART: false,
      MEALME_API_KEY: 'of-the-environment',
    });
    expect(JSON.stringify(lines)).toContain('MEALME_API_KEY');
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });
});
