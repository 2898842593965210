import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { MIGRATIONS } from '../../migrations/migrations.js';
import { startSimulator, type Simulator } from '../../simulator/main.js';
import { readConfig } from '../../src/read-config.js';
import { SCOPES } from '../../src/modules/tenants/scopes.js';
import { TenantsRepository } from '../../src/modules/tenants/tenants.repository.js';
import { TenantsService } from '../../src/modules/tenants/tenants.service.js';
import { Database, prepareDatabase } from '../../src/platform/database/database.js';
import { Metrics } from '../../src/platform/telemetry/metrics.js';
import { startChaosProxy, type ChaosProxy } from '../../test/support/chaos-proxy.js';
import { RoleProcess } from '../../test/support/processes.js';
import { Receiver } from '../../test/support/receiver.js';
import { startStores, type Stores } from '../support/stores.js';
import type { Caller } from './load.js';

const ROLES_SPLIT = ['api', 'api', 'quotes', 'quotes', 'aggregator', 'aggregator', 'notifier'];
const MIB = 1024 * 1024;

/** The product on stores of its own behind proxies, with its providers simulated and two tenants' receivers. */
export interface Stage {
  processes: RoleProcess[];
  callers: Caller[];
  receivers: Map<string, Receiver>;
  simulator: Simulator;
  postgres: ChaosProxy;
  redis: ChaosProxy | null;
  stores: Stores;
  database: Client;
  /** The database without a proxy between. */
  databaseUrl: string;
  secrets: readonly string[];
  /** Lines of every process that was ever started. */
  logs(): string[];
  replace(gone: RoleProcess): Promise<void>;
  emptyRedis(): Promise<void>;
  /** Keeps the largest resident memory seen of each process. */
  weigh(into: Map<string, number>): void;
  close(): Promise<void>;
}

/** Throws when something does not start; nothing is left running then. */
export async function setStage(seed: number): Promise<Stage> {
  const stores = await startStores({ redis: true, kafka: true });
  return set(seed, stores).catch(async (error: unknown) => {
    await stores.stop();
    throw error;
  });
}

async function set(seed: number, stores: Stores): Promise<Stage> {
  const split = stores.redisUrl !== null && stores.kafkaBrokers !== null;
  const databaseUrl = await stores.createDatabase();
  const postgres = await proxyOf(databaseUrl);
  const redis = stores.redisUrl === null ? null : await proxyOf(stores.redisUrl);
  const simulator = await startSimulator({ port: 0, seed, latency: { medianMs: 120, p99Ms: 700 } });
  const secrets = [
    Buffer.from(`canary-key-${seed}`.padEnd(32, 'x')).toString('base64'),
    `canary-admin-${seed}-x9x9x9x9`,
  ];
  const env: Record<string, string> = {
    DATABASE_URL: through(databaseUrl, postgres),
    ...(split ? { REDIS_URL: through(stores.redisUrl!, redis!), KAFKA_BROKERS: stores.kafkaBrokers! } : {}),
    LOOPGPT_SECRET_KEY: secrets[0]!,
    LOOPGPT_ADMIN_PASSWORD: secrets[1]!,
    LOOPGPT_SIMULATOR_URL: simulator.url,
    LOOPGPT_WEBHOOK_ALLOW_PRIVATE: 'true',
    LOOPGPT_RATE_LIMIT_PER_MINUTE: '1000000',
  };
  const callers = await twoTenants({ ...env, DATABASE_URL: databaseUrl });
  const processes = (split ? ROLES_SPLIT : ['all']).map((roles) => new RoleProcess(roles, env));
  const ever = [...processes];
  await Promise.all(processes.map((one) => one.start()));
  const receivers = new Map<string, Receiver>();
  for (const { tenant, key } of callers) {
    const receiver = await Receiver.start();
    receivers.set(tenant, receiver);
    await fetch(`${processes[0]!.url}/v1/webhook-endpoints`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ url: receiver.url }),
    }).then(async (answer) => {
      if (answer.status !== 201) throw new Error(`no endpoint: ${answer.status} ${await answer.text()}`);
    });
  }
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  return {
    processes,
    callers,
    receivers,
    simulator,
    postgres,
    redis,
    stores,
    database,
    databaseUrl,
    secrets,
    logs: () => ever.flatMap(({ log }) => log),
    replace: async (gone) => {
      const next = new RoleProcess(gone.roles, env);
      ever.push(next);
      await next.start();
      processes.splice(processes.indexOf(gone), 1, next);
    },
    emptyRedis: async () => {
      if (stores.redisUrl === null) return;
      const client = new Redis(stores.redisUrl);
      await client.flushall();
      client.disconnect();
    },
    weigh: (into) => {
      for (const { roles, pid, alive } of processes) {
        if (alive) into.set(`${roles} ${pid}`, Math.max(into.get(`${roles} ${pid}`) ?? 0, residentMiB(pid)));
      }
    },
    close: async () => {
      await Promise.all(processes.map((one) => one.stop()));
      await database.end();
      await Promise.all([...[...receivers.values()].map((one) => one.close()), simulator.close()]);
      await Promise.all([postgres.close(), redis?.close()]);
      await stores.stop();
    },
  };
}

async function twoTenants(env: Record<string, string>): Promise<Caller[]> {
  const config = readConfig({ LOOPGPT_ENV: 'test', ...env });
  await prepareDatabase(config, MIGRATIONS);
  const database = await Database.connect(config, new Metrics());
  const tenants = new TenantsService(new TenantsRepository(database), config);
  try {
    const callers: Caller[] = [];
    for (const name of ['Left', 'Right']) {
      const made = await tenants.createKey({ tenantName: name, name, scopes: [...SCOPES], expiresInDays: null });
      callers.push({ tenant: made.tenantId, key: made.key });
    }
    return callers;
  } finally {
    await database.close();
  }
}

async function proxyOf(url: string): Promise<ChaosProxy> {
  const { hostname, port } = new URL(url);
  return startChaosProxy({ host: hostname, port: Number(port) });
}

function through(url: string, proxy: ChaosProxy): string {
  const proxied = new URL(url);
  proxied.hostname = '127.0.0.1';
  proxied.port = String(proxy.port);
  return proxied.toString();
}

function residentMiB(pid: number): number {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return Math.round((pages * 4096) / MIB);
  } catch {
    return 0; // it has just ended, or the system does not tell
  }
}
