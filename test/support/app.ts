import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startSimulator, type Simulator } from '../../simulator/main.js';
import { MIGRATIONS } from '../../migrations/migrations.js';
import type { Config } from '../../src/config.js';
import { readConfig } from '../../src/read-config.js';
import { prepareDatabase } from '../../src/platform/database/database.js';
import { createServer } from '../../src/server.js';
import { Api } from './api.js';
import { createStores, type Stores } from './stores.js';

export interface Instance {
  app: NestFastifyApplication;
  api: Api;
  url: string;
}

export interface TestApp {
  app: NestFastifyApplication;
  api: Api;
  url: string;
  stores: Stores;
  simulator: Simulator;
  /** A second instance on the same stores. */
  another(env?: Record<string, string>): Promise<Instance>;
  /** Stops every instance but the first, so that one file does not use up the database's connections. */
  closeOthers(): Promise<void>;
  close(): Promise<void>;
}

/** What joins the application in a test: modules, and the tables they need. */
export interface Joining {
  modules?: (config: Config) => DynamicModule[];
  tables?: (adminUrl: string) => Promise<unknown>;
}

/**
 * The whole application on real stores, its providers simulated over HTTP without latency unless told otherwise. `beside` is what of
 * the environment depends on the addresses of the simulator and the stores.
 */
export async function startApp(
  env: Record<string, string> = {},
  beside: (simulator: Simulator, stores: Stores) => Record<string, string> = () => ({}),
  joining: Joining = {},
): Promise<TestApp> {
  const stores = await createStores();
  const simulator = await startSimulator({ port: 0, seed: 1, latency: { medianMs: 0, p99Ms: 0 } });
  const apps: NestFastifyApplication[] = [];
  const launch = async (extra: Record<string, string>) => {
    const config = readConfig({
      LOOPGPT_ENV: 'test',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      LOOPGPT_SIMULATOR_URL: simulator.url,
      LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true',
      // The suites send one cart again and again and count what is asked.
      LOOPGPT_QUOTE_CACHE_SECONDS: '0',
      LOOPGPT_PROBE_SECONDS: '0',
      ...stores.env,
      ...env,
      ...beside(simulator, stores),
      ...extra,
    });
    if (joining.tables) {
      await prepareDatabase(config, MIGRATIONS);
      await joining.tables(stores.adminUrl);
    }
    const app = await createServer(config, joining.modules?.(config));
    apps.push(app);
    await app.listen(0, '127.0.0.1');
    const url = await app.getUrl();
    return { app, url, api: new Api(url) };
  };
  const first = await launch({});
  return {
    ...first,
    stores,
    simulator,
    another: (extra = {}) => launch(extra),
    closeOthers: async () => {
      await Promise.all(apps.splice(1).map((app) => app.close()));
    },
    close: async () => {
      await Promise.all(apps.map((app) => app.close()));
      await simulator.close();
      await stores.drop();
    },
  };
}
